#ifndef RUNIC_PLUGIN_H
#define RUNIC_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

/*
 * Text stages in a shared library of one's own, in C99 or anything that speaks its calling convention.
 *
 * A plugin is a shared library that exports one function, runic_plugin_describe. Runic loads it only if the user names
 * the file (--plugin PATH, or StagePlugin in a program), never searches for one, and never unloads it. This header needs
 * only the C standard library, and a plugin does not link against Runic:
 *
 *     cc -std=c99 -O2 -shared -fPIC -I Sources/CRunicPlugin/include -o libquotes.so quotes.c
 *
 * A plugin runs in Runic's process and can do whatever a program can: use only those you trust. The host checks all
 * that it can, and reports what a plugin does wrong with its path; a crash inside a plugin crashes the process.
 *
 * TEXT. Everything is UTF-8: names, options, paths, errors and texts. In every call, the input of a stage is valid and
 * consists of whole code points: the host holds an unfinished sequence back. Otherwise a text is cut anywhere, even
 * between the code points of one character, a CR and its LF, or two letters, and the whole output of a stage must not
 * depend on the cuts. A text may contain U+0000. The whole output, over all calls, must be valid UTF-8.
 *
 * ACCOUNTING. A stage accounts for its input in order, from the first byte on: it passes the next bytes on, replaces
 * them, or drops them. It leaves bytes that it cannot settle yet, and accounts for them in a later call, before the
 * bytes that came after them; at the end of `finish` every byte must be accounted for. The host keeps unaccounted
 * bytes, so `pass` needs only a count. Accounting shows which bytes of a file a symbol comes from, so replace as little
 * as possible and pass the rest.
 *
 * THREADS. A handle (what `create` returns) is used by one thread at a time, not always the same one. Several
 * handles are used by several threads at once, and `create` and `destroy` are called from any of them: nothing that
 * changes may be shared between handles unless it is locked. runic_plugin_describe is called once each time that the
 * library is named.
 *
 * LIFETIME. The result of runic_plugin_describe, and all that it points to, must not change for the rest of the process.
 * The arguments of a function (options, path, bytes, output, error) are valid until it returns, and the plugin must not
 * free them. Bytes handed to the host are copied before the callback returns.
 */

/* The version of this interface. A plugin of another version is refused: the layout below belongs to this one. */
#define RUNIC_PLUGIN_ABI 1u

/* The most bytes of text in one call of `process`. */
#define RUNIC_PLUGIN_MOST_INPUT 65536

/* The most bytes that `replace` may write in one call of `process` or `finish`: 64 MiB, 1,024 for each byte of the
   longest input. Passed bytes do not count. */
#define RUNIC_PLUGIN_MOST_OUTPUT 67108864

/* The most bytes that a stage may leave unaccounted for at the end of `process`: 64 MiB. */
#define RUNIC_PLUGIN_MOST_HELD 67108864

/* The most bytes of a stage's name, of ASCII letters, digits, - and _. */
#define RUNIC_PLUGIN_MOST_NAME 64

/* The most stages of a plugin. */
#define RUNIC_PLUGIN_MOST_STAGES 256

/* Flags of a stage, valid for all its options; 0 promises nothing and is always correct. */
enum {
    /* The output determines the input, up to canonical equivalence. */
    RUNIC_PLUGIN_LOSSLESS = 1,
    /* If a text is cut after a line feed, between two ASCII letters, digits or spaces, or between two CJK ideographs
       or kana, two handles that stage the two sides give what one gives for the whole. Large files then use several
       threads. */
    RUNIC_PLUGIN_SPLITTABLE = 2
};

/* The reason of a function that fails: UTF-8, one line without a full stop, ended by NUL, such as
       snprintf(error->text, sizeof error->text, "line %zu: a quotation is not closed", line);
   It is empty when the function is called. The host adds the plugin's path, the stage and the text's path. */
typedef struct runic_plugin_error {
    char text[512];
} runic_plugin_error;

/* Takes the output of a stage, only during `process` and `finish`.
 *
 * Each function returns 0, or another value if the host will fail in any case: the stage can then return at once, with
 * any result. Calls with a count of 0 are allowed. */
typedef struct runic_plugin_output {
    /* The host's; the first argument of the functions. */
    void *context;
    /* Keeps the next `count` bytes of the input. */
    int (*pass)(void *context, size_t count);
    /* Replaces the next `count` bytes of the input by bytes[0..<length); a count of 0 inserts them. */
    int (*replace)(void *context, size_t count, const uint8_t *bytes, size_t length);
    /* Drops the next `count` bytes of the input. */
    int (*drop)(void *context, size_t count);
} runic_plugin_output;

/* One stage. No function may be NULL. */
typedef struct runic_plugin_stage {
    /* The name in a pipeline; unique among built-in stages and those of all plugins. */
    const char *name;
    /* The version of its behaviour, from 1 on; raise it when the same text and options give another output. Models
       record it. */
    uint32_t version;
    /* RUNIC_PLUGIN_LOSSLESS, RUNIC_PLUGIN_SPLITTABLE, both or neither. */
    uint32_t flags;

    /* Makes a stage, for one text after the other, and returns its handle; NULL, with the error's text set, for
       unknown options, or if memory is short.

       `options` is a JSON object of strings, such as {"to":"curly"}; {} without options. It has no spaces, its names
       are sorted, and it has only the escapes that JSON requires. See runic_plugin_next_option.

       `path` is the file that will be read, for messages; it is empty for a text in memory such as a prompt, and - for
       standard input. To check options, a handle is also made and destroyed without a text. */
    void *(*create)(const char *options, const char *path, runic_plugin_error *error);

    /* Takes the next bytes of the text, at least 1 and at most RUNIC_PLUGIN_MOST_INPUT, and writes settled ones to
       `output`. Returns 0, or another value, with the error's text set, to refuse the text; then only `destroy`
       follows. */
    int (*process)(void *stage, const uint8_t *bytes, size_t count, const runic_plugin_output *output,
                   runic_plugin_error *error);

    /* Ends the text, writes the rest to `output`, and resets the stage: another text can follow. Returns as
       `process`. */
    int (*finish)(void *stage, const runic_plugin_output *output, runic_plugin_error *error);

    /* Frees a handle, in whatever state it is; called once for each. */
    void (*destroy)(void *stage);
} runic_plugin_stage;

/* The whole plugin. `abi`, `size` and `stage_size` have these places in every version. */
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

/* Copies the string at *place, which begins with a quotation mark, to `text`; 0 if it does not fit. */
static inline int runic_plugin_take_string(const char **place, char *text, size_t capacity) {
    const char *next = *place + 1;
    size_t length = 0;
    while (*next != '"' && *next != '\0') {
        unsigned char byte = (unsigned char)*next++;
        if (byte == '\\' && *next != '\0') {
            byte = (unsigned char)*next++;
            if (byte == 'u') {
                /* The host writes only control characters below U+0020 in this way. */
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

/* Reads the options of `create`, one in each call: *cursor is `options` at first and moves on. The name and the value of
 * the next option are copied and ended by NUL; a NUL inside ends the C string. Returns 1, 0 if there are no more, or -1
 * if one does not fit: then no option of the stage is that long, so refuse it. */
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
