#ifndef RUNIC_EDIT_H
#define RUNIC_EDIT_H

#include <stddef.h>

/// A line editor on the terminal of standard input and output.
typedef struct runic_edit runic_edit;

/// The results of `runic_edit_read`.
enum {
    RUNIC_EDIT_LINE = 0,
    RUNIC_EDIT_END = 1,
    RUNIC_EDIT_INTERRUPTED = 2,
    RUNIC_EDIT_FAILED = 3
};

/// How many of `count` > 0 code points a reader sees as one character: the last ones if `last` is not 0, else the first ones.
typedef int (*runic_edit_cluster)(const unsigned int *code_points, int count, int last);

/// Makes an editor with a history of `history_size` lines; NULL without memory or terminal.
/// `program` selects lines in ~/.editrc; keys move by and delete whole characters as `cluster` counts them.
/// With `escapes`, a pasted text of several lines becomes one line with \n, \t and \\ escaped; else it is lines as if typed.
runic_edit *runic_edit_create(const char *program, int history_size, runic_edit_cluster cluster, int escapes);

/// Frees an editor.
void runic_edit_destroy(runic_edit *edit);

/// Adds a line, without its line end, to the history that the arrow keys search.
void runic_edit_remember(runic_edit *edit, const char *line);

/// Reads a line. For RUNIC_EDIT_LINE, `*line` is UTF-8 without its line end, valid until the next call.
int runic_edit_read(runic_edit *edit, const char *prompt, const char **line);

/// Catches SIGINT, and SIGTERM too unless `terminate` is 0: a signal sets a flag.
/// SIGQUIT, which Ctrl-\ sends, is ignored.
/// After `limit` signals without a clear the process ends as if nothing were caught; 0: never.
void runic_interrupt_install(int terminate, int limit);

/// Restores the handling of SIGINT, SIGQUIT and SIGTERM from before `runic_interrupt_install`.
void runic_interrupt_remove(void);

/// The number of signals since the last clear.
int runic_interrupt_requested(void);

/// Clears the flag.
void runic_interrupt_clear(void);

/// Makes a write beyond the limit on file sizes (RLIMIT_FSIZE) fail with EFBIG instead of ending the process.
void runic_file_limit_is_error(void);

/// Number of columns of the terminal `descriptor`, or 0 if it is not a terminal.
int runic_terminal_columns(int descriptor);

#endif
