#ifndef RUNIC_PLUGIN_H
#define RUNIC_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

/*
 * Text stages in a shared library of one's own, in C99 or anything that speaks its calling convention.
 *
 * A plugin is a shared library that exports one function, runic_plugin_describe. Runic loads it only where a person
 * names the file (--plugin PATH, or StagePlugin in a program), never finds one by itself, and never unloads it. This
 * header needs nothing but the C standard library, and a plugin links against nothing of Runic's:
 *
 *     cc -std=c99 -O2 -shared -fPIC -I Sources/CRunicPlugin/include -o libquotes.so quotes.c
 *
 * A plugin runs in Runic's process and can do whatever a program can: use those you trust. The host checks all that
 * it can check, and whatever a plugin does wrong there is an error with its path; a crash inside of a plugin is a
 * crash of the process.
 *
 * TEXT. Everything is UTF-8: names, options, paths, errors and texts. What a stage is given is valid and made of
 * whole code points, in every call: the host holds an unfinished sequence back. Beyond that a text is cut anywhere,
 * also between the code points of one character, a CR and its LF, or two letters, and what a stage gives in all must
 * not depend on the cuts. A text can hold U+0000. What a stage gives must be valid UTF-8 as a whole, over all of its
 * calls.
 *
 * ACCOUNTING. A stage accounts for its input in order, from the first byte on: it passes the next bytes on as they
 * are, gives others in their place, or drops them. What it cannot settle yet it leaves, and accounts for it in a
 * later call, before the bytes that came after it; at the end of `finish` every byte must be accounted for. The host
 * keeps what is not accounted for, so that `pass` needs no more than a count. It is what lets a person see which
 * bytes of a file a symbol comes from, so account for the smallest part that changes and pass what does not.
 *
 * THREADS. A handle (what `create` returns) is used by one thread at a time, not always the same one. Several
 * handles are used by several threads at once, and `create` and `destroy` are called from any of them: nothing that
 * changes may be shared between handles unless it is locked. runic_plugin_describe is called once each time that the
 * library is named.
 *
 * LIFETIME. What runic_plugin_describe returns, and all that it points to, stays as it is for the rest of the
 * process. What the host gives to a function (options, path, bytes, output, error) is valid until that function
 * returns; nothing of it is the plugin's to free. Bytes handed to the host are copied before the callback returns.
 */

/* The version of this interface. A plugin of another version is refused: the layout below belongs to this one. */
#define RUNIC_PLUGIN_ABI 1u

/* The most bytes of text in one call of `process`. */
#define RUNIC_PLUGIN_MOST_INPUT 65536

/* The most bytes that `replace` may give in one call of `process` or `finish`: 64 MiB, 1,024 for each byte of the
   longest input. What is passed does not count. */
#define RUNIC_PLUGIN_MOST_OUTPUT 67108864

/* The most bytes that a stage may leave unaccounted for at the end of `process`: 64 MiB. */
#define RUNIC_PLUGIN_MOST_HELD 67108864

/* The most bytes of a stage's name, of ASCII letters, digits, - and _. */
#define RUNIC_PLUGIN_MOST_NAME 64

/* The most stages of a plugin. */
#define RUNIC_PLUGIN_MOST_STAGES 256

/* Flags of a stage, for whatever options it may get; 0 promises nothing and is always right. */
enum {
    /* The input can be told from the output, up to canonical equivalence. */
    RUNIC_PLUGIN_LOSSLESS = 1,
    /* Wherever a text is cut behind a line feed, between two ASCII letters, digits or spaces, or between two CJK
       ideographs or kana, two handles that stage the two parts give what one gives for the whole: large files
       then use several threads. */
    RUNIC_PLUGIN_SPLITTABLE = 2
};

/* Where a function that fails says why: UTF-8, one line with no full stop, ended by NUL, such as
       snprintf(error->text, sizeof error->text, "line %zu: a quotation is not closed", line);
   It is empty when the function is called. The host adds the plugin's path, the stage and the text's path. */
typedef struct runic_plugin_error {
    char text[512];
} runic_plugin_error;

/* What a stage gives its output to, during `process` and `finish` only.
 *
 * Each function returns 0, or something else when the host will fail whatever follows: the stage can then return at
 * once, with anything. Calls with a count of 0 are allowed. */
typedef struct runic_plugin_output {
    /* The host's; the first argument of the functions. */
    void *context;
    /* The next `count` bytes of the input stay as they are. */
    int (*pass)(void *context, size_t count);
    /* bytes[0..<length) stand in place of the next `count` bytes of the input; a count of 0 adds bytes there. */
    int (*replace)(void *context, size_t count, const uint8_t *bytes, size_t length);
    /* The next `count` bytes of the input are left out. */
    int (*drop)(void *context, size_t count);
} runic_plugin_output;

/* One stage. No function may be NULL. */
typedef struct runic_plugin_stage {
    /* How pipelines ask for it. Not that of another stage: a built-in one, this plugin's, or another plugin's. */
    const char *name;
    /* Of its behaviour, from 1 on; raise it when the same text and options give another output. Models record it. */
    uint32_t version;
    /* RUNIC_PLUGIN_LOSSLESS, RUNIC_PLUGIN_SPLITTABLE, both or neither. */
    uint32_t flags;

    /* Makes a stage for one text after the other, and returns its handle; NULL, with the error's text set, for
       options that it does not have, or when memory is short.

       `options` is a JSON object, all values of which are strings, such as {"to":"curly"}; {} when there are
       none. It is written without spaces, its names sorted, escapes only where JSON must have them. See
       runic_plugin_next_option.

       `path` is the file that will be read: for messages; empty for a text in memory such as a prompt, - for
       standard input. A handle is also made, and destroyed without a text, to see whether options are right. */
    void *(*create)(const char *options, const char *path, runic_plugin_error *error);

    /* Takes the next bytes of the text, at least 1 and at most RUNIC_PLUGIN_MOST_INPUT, and gives what is settled
       to `output`. Returns 0, or something else, with the error's text set, to refuse the text; then only
       `destroy` follows. */
    int (*process)(void *stage, const uint8_t *bytes, size_t count, const runic_plugin_output *output,
                   runic_plugin_error *error);

    /* Ends the text and gives the rest to `output`. The stage is at its start again: another text can follow.
       Returns as `process`. */
    int (*finish)(void *stage, const runic_plugin_output *output, runic_plugin_error *error);

    /* Frees a handle, in whatever state it is; called once for each. */
    void (*destroy)(void *stage);
} runic_plugin_stage;

/* The whole plugin. `abi`, `size` and `stage_size` stand in these places in every version. */
typedef struct runic_plugin {
    uint32_t abi;        /* RUNIC_PLUGIN_ABI */
    uint32_t size;       /* sizeof(runic_plugin) */
    uint32_t stage_size; /* sizeof(runic_plugin_stage) */
    uint32_t stage_count;
    const runic_plugin_stage *stages;
} runic_plugin;

/* The first three fields of a plugin: { RUNIC_PLUGIN_HEAD, 1, stages }. */
#define RUNIC_PLUGIN_HEAD RUNIC_PLUGIN_ABI, (uint32_t)sizeof(runic_plugin), (uint32_t)sizeof(runic_plugin_stage)

#if defined(__GNUC__)
#define RUNIC_PLUGIN_EXPORT __attribute__((visibility("default")))
#else
#define RUNIC_PLUGIN_EXPORT
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The function that a plugin defines and exports. */
RUNIC_PLUGIN_EXPORT const runic_plugin *runic_plugin_describe(void);

#ifdef __cplusplus
}
#endif

/* ---- For reading options: code that becomes part of the plugin ---- */

/* Copies the string at *place, which begins with a quotation mark, to `text`; 0 when it does not fit. */
static inline int runic_plugin_take_string(const char **place, char *text, size_t capacity) {
    const char *next = *place + 1;
    size_t length = 0;
    while (*next != '"' && *next != '\0') {
        unsigned char byte = (unsigned char)*next++;
        if (byte == '\\' && *next != '\0') {
            byte = (unsigned char)*next++;
            if (byte == 'u') {
                /* The host writes control characters below U+0020 in this way, and nothing else. */
                int digit;
                byte = 0;
                for (digit = 0; digit < 4 && *next != '\0'; digit++, next++)
                    byte = (unsigned char)(byte * 16 + (*next <= '9' ? *next - '0' : (*next | 32) - 'a' + 10));
            }
        }
        if (length + 1 >= capacity) return 0;
        text[length++] = (char)byte;
    }
    if (length >= capacity) return 0;
    text[length] = '\0';
    *place = *next == '"' ? next + 1 : next;
    return 1;
}

/* Reads the options that `create` gets, one a call: *cursor begins as `options` and moves on. The name and the value of
 * the next one are copied, each ended by NUL; a NUL inside ends what a C string shows of it. Returns 1, 0 where there
 * are no more, or -1 when one does not fit: then no option of the stage is as long as that, so refuse it. */
static inline int runic_plugin_next_option(const char **cursor, char *name, size_t name_capacity, char *value,
                                           size_t value_capacity) {
    const char *place = *cursor;
    while (*place != '\0' && *place != '"') place++;
    if (*place == '\0') return 0;
    if (!runic_plugin_take_string(&place, name, name_capacity)) return -1;
    while (*place != '\0' && *place != '"') place++;
    if (*place == '\0') return 0;
    if (!runic_plugin_take_string(&place, value, value_capacity)) return -1;
    *cursor = place;
    return 1;
}

#endif
