/*
 * quotes: makes curly quotation marks straight, or straight ones curly.
 *
 *     --stage quotes                      “Well,” she said  →  "Well," she said
 *     --stage quotes:to=curly             "Well," she said  →  “Well,” she said
 *     --stage quotes:unclosed=stop        refuses a file in which a paragraph ends inside double marks
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runic_plugin.h"

enum { LEFT_SINGLE, RIGHT_SINGLE, LEFT_DOUBLE, RIGHT_DOUBLE };

static const uint8_t curly[4][3] = {
    {0xE2, 0x80, 0x98}, {0xE2, 0x80, 0x99}, {0xE2, 0x80, 0x9C}, {0xE2, 0x80, 0x9D}};

/* One text: the options and the state. The text may be split anywhere, so whatever matters later is kept here. */
typedef struct {
    int to_curly;
    int stops;
    int opens;      /* whether the next mark opens a quotation */
    int line_empty; /* whether the line is empty so far */
    size_t line;
    size_t opened; /* the line of the open double mark, or 0 */
} quotes;

static void start(quotes *text) {
    text->opens = 1;
    text->line_empty = 1;
    text->line = 1;
    text->opened = 0;
}

static void quotes_destroy(void *stage) { free(stage); }

static void *quotes_create(const char *options, const char *path, runic_plugin_error *error) {
    char name[16], value[16];
    int found;
    quotes *text = calloc(1, sizeof *text);
    if (text == NULL) {
        snprintf(error->text, sizeof error->text, "out of memory");
        return NULL;
    }
    while ((found = runic_plugin_next_option(&options, name, sizeof name, value, sizeof value)) != 0) {
        if (found == 1 && strcmp(name, "to") == 0 && strcmp(value, "straight") == 0)
            text->to_curly = 0;
        else if (found == 1 && strcmp(name, "to") == 0 && strcmp(value, "curly") == 0)
            text->to_curly = 1;
        else if (found == 1 && strcmp(name, "unclosed") == 0 && strcmp(value, "keep") == 0)
            text->stops = 0;
        else if (found == 1 && strcmp(name, "unclosed") == 0 && strcmp(value, "stop") == 0)
            text->stops = 1;
        else {
            snprintf(error->text, sizeof error->text, "use to=straight or curly, and unclosed=keep or stop");
            free(text);
            return NULL;
        }
    }
    /* A prompt, which has no path, may end inside a quotation. */
    if (path[0] == '\0') text->stops = 0;
    start(text);
    return text;
}

/* A paragraph ends. */
static int close_paragraph(quotes *text, runic_plugin_error *error) {
    if (text->opened != 0 && text->stops) {
        snprintf(error->text, sizeof error->text,
                 "the quotation that begins in line %zu is not closed where its paragraph ends", text->opened);
        return -1;
    }
    text->opened = 0;
    return 0;
}

/* Writes the replacement of a mark of `length` bytes; `kind` is -1 for a straight one. */
static void write_mark(quotes *text, int kind, int is_double, size_t length, const runic_plugin_output *output) {
    if (is_double) {
        int opening = kind < 0 ? text->opens : kind == LEFT_DOUBLE;
        text->opened = opening ? text->line : 0;
    }
    if (text->to_curly && kind < 0) {
        int mark = (is_double ? LEFT_DOUBLE : LEFT_SINGLE) + (text->opens ? 0 : 1);
        output->replace(output->context, length, curly[mark], 3);
    } else if (!text->to_curly && kind >= 0) {
        output->replace(output->context, length, (const uint8_t *)(is_double ? "\"" : "'"), 1);
    } else {
        output->pass(output->context, length);
    }
    /* After an opening mark the next one opens, as in "'Tis; after a closing one it closes. */
    if (kind >= 0) text->opens = kind == LEFT_SINGLE || kind == LEFT_DOUBLE;
}

static int quotes_process(void *stage, const uint8_t *bytes, size_t count, const runic_plugin_output *output,
                          runic_plugin_error *error) {
    quotes *text = stage;
    size_t index = 0, unchanged = 0;
    while (index < count) {
        uint8_t byte = bytes[index];
        int kind = -1;
        size_t length = 1;
        /* Every call has whole code points, so all three bytes of a curly mark are present. */
        if (byte == 0xE2 && bytes[index + 1] == 0x80) {
            int mark;
            for (mark = LEFT_SINGLE; mark <= RIGHT_DOUBLE; mark++)
                if (bytes[index + 2] == curly[mark][2]) kind = mark;
            if (kind >= 0) length = 3;
        }
        if (kind >= 0 || byte == '"' || byte == '\'') {
            output->pass(output->context, unchanged);
            unchanged = 0;
            write_mark(text, kind, kind >= 0 ? kind >= LEFT_DOUBLE : byte == '"', length, output);
            text->line_empty = 0;
            index += length;
            continue;
        }
        if (byte == '\n') {
            if (text->line_empty && close_paragraph(text, error) != 0) return -1;
            text->line_empty = 1;
            text->line++;
        } else if (byte != '\r') {
            text->line_empty = 0;
        }
        text->opens = byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '(' || byte == '[' ||
                      byte == '{' || byte == '-';
        index++;
        unchanged++;
    }
    output->pass(output->context, unchanged);
    return 0;
}

static int quotes_finish(void *stage, const runic_plugin_output *output, runic_plugin_error *error) {
    quotes *text = stage;
    int status = close_paragraph(text, error);
    (void)output;
    start(text);
    return status;
}

static const runic_plugin_stage stages[] = {
    {"quotes", 1, 0, quotes_create, quotes_process, quotes_finish, quotes_destroy},
};

const runic_plugin *runic_plugin_describe(void) {
    static const runic_plugin plugin = {RUNIC_PLUGIN_HEAD, 1, stages};
    return &plugin;
}
