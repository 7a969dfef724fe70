#include "runic_edit.h"
#include "runic_signal.h"

#include <errno.h>
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>
#ifdef __APPLE__
#include <xlocale.h>
#endif

enum { QUEUE = 32 };

struct runic_edit {
    EditLine *editor;
    History *history;
    const char *prompt;
    char *line;
    locale_t utf8;
    runic_edit_cluster cluster;
    int columns;
    int escapes;
    int pasting;
    // A line end of a paste that came last, and may be half of CR LF.
    wchar_t line_end;
    int interrupted;
    // Decoded characters not yet delivered: the rest of an escape sequence that was read, or of an escape that was made.
    wchar_t queue[QUEUE];
    int queue_start, queue_end;
    // A byte that cut an invalid character short and begins the next one.
    int held_byte;
};

static const char paste_begin[] = "\033[200~";
static const char paste_end[] = "\033[201~";

static runic_edit *edit_of(EditLine *editor) {
    void *data = NULL;
    el_get(editor, EL_CLIENTDATA, &data);
    return data;
}

static char *prompt_of(EditLine *editor) {
    runic_edit *edit = edit_of(editor);
    return (char *)(edit ? edit->prompt : "");
}

static void tell_terminal(const char *text) {
    ssize_t written = write(STDOUT_FILENO, text, strlen(text));
    (void)written;
}

static locale_t utf8_locale(void) {
    static const char *const names[] = {"", "C.UTF-8", "en_US.UTF-8", "UTF-8"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        locale_t found = newlocale(LC_CTYPE_MASK, names[i], (locale_t)0);
        if (found == (locale_t)0) continue;
        locale_t before = uselocale(found);
        int is_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
        uselocale(before);
        if (is_utf8) return found;
        freelocale(found);
    }
    return (locale_t)0;
}

static void enqueue(runic_edit *edit, wchar_t character) {
    if (edit->queue_start == edit->queue_end) edit->queue_start = edit->queue_end = 0;
    if (edit->queue_end < QUEUE) edit->queue[edit->queue_end++] = character;
}

// 1: a byte, 0: the end, -1: interrupted.
static int next_byte(runic_edit *edit, unsigned char *byte) {
    if (edit->held_byte >= 0) {
        *byte = (unsigned char)edit->held_byte;
        edit->held_byte = -1;
        return 1;
    }
    int wake = runic_signal_pipe();
    for (;;) {
        runic_signal_drain();
        if (runic_interrupt_requested()) {
            edit->interrupted = 1;
            return -1;
        }
        if (runic_signal_continued()) {
            // The editor assumes that it still has the terminal: only leaving and entering sets it up again.
            el_set(edit->editor, EL_PREP_TERM, 0);
            el_set(edit->editor, EL_PREP_TERM, 1);
            el_set(edit->editor, EL_REFRESH);
        }
        int columns = runic_terminal_columns(STDOUT_FILENO);
        if (columns != edit->columns) {
            edit->columns = columns;
            el_resize(edit->editor);
            // The editor keeps its cursor, which may now be below its last row: redraw the line.
            tell_terminal("\r");
            el_set(edit->editor, EL_REFRESH);
        }
        struct pollfd wait[2] = {{STDIN_FILENO, POLLIN, 0}, {wake, POLLIN, 0}};
        if (poll(wait, wake >= 0 ? 2 : 1, -1) < 0 && errno != EINTR) return 0;
        if (wait[0].revents == 0) continue;
        ssize_t count = read(STDIN_FILENO, byte, 1);
        if (count == 1) return 1;
        if (count == 0 || (errno != EINTR && errno != EAGAIN)) return 0;
    }
}

// Decodes one character; a byte that cannot be part of one is U+FFFD.
static int next_character(runic_edit *edit, wchar_t *character) {
    unsigned char byte;
    int status = next_byte(edit, &byte);
    if (status != 1) return status;
    int rest = byte < 0x80 ? 0 : byte >= 0xC2 && byte < 0xE0 ? 1 : byte >= 0xE0 && byte < 0xF0 ? 2 : byte >= 0xF0 && byte < 0xF5 ? 3 : -1;
    *character = 0xFFFD;
    if (rest < 0) return 1;
    unsigned long value = rest == 0 ? byte : byte & (0x3Fu >> rest);
    for (int i = 0; i < rest; i++) {
        status = next_byte(edit, &byte);
        if (status != 1) return status;
        if ((byte & 0xC0) != 0x80) {
            edit->held_byte = byte;
            return 1;
        }
        value = value << 6 | (byte & 0x3F);
    }
    static const unsigned long least[] = {0, 0x80, 0x800, 0x10000};
    int valid = value >= least[rest] && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    if (valid) *character = (wchar_t)value;
    return 1;
}

// Whether an ESC begins the marker: 1 if so, and the marker is consumed; 2 if not, and it stays in the queue.
static int take_marker(runic_edit *edit, const char *marker) {
    for (int i = 1; marker[i]; i++) {
        wchar_t character;
        int status = next_character(edit, &character);
        if (status != 1) return status;
        if (character != (wchar_t)marker[i]) {
            for (int k = 1; k < i; k++) enqueue(edit, (wchar_t)marker[k]);
            enqueue(edit, character);
            return 2;
        }
    }
    return 1;
}

// One character of a paste: editing keys are escaped or dropped. Without escapes, a line end is the key that ends a line.
static int pasted(runic_edit *edit, wchar_t *character) {
    if (*character == L'\r' || *character == L'\n') {
        // The editor has the terminal swap CR and LF, so that CR LF comes in either order.
        int is_second = edit->line_end != 0 && edit->line_end != *character;
        edit->line_end = is_second ? 0 : *character;
        if (is_second) return 0;
    } else {
        edit->line_end = 0;
    }
    if (!edit->escapes) {
        if (*character == L'\r') *character = L'\n';
        return *character == L'\n' || *character == L'\t' || (*character >= 0x20 && (*character < 0x7F || *character > 0x9F));
    }
    wchar_t letter = *character == L'\r' || *character == L'\n' ? L'n' : *character == L'\t' ? L't' : *character == L'\\' ? L'\\' : 0;
    if (letter) {
        *character = L'\\';
        enqueue(edit, letter);
        return 1;
    }
    return *character >= 0x20 && (*character < 0x7F || *character > 0x9F);
}

static int get_character(EditLine *editor, wchar_t *character) {
    runic_edit *edit = edit_of(editor);
    if (!edit) return 0;
    for (;;) {
        if (edit->queue_start < edit->queue_end) {
            *character = edit->queue[edit->queue_start++];
            return 1;
        }
        int status = next_character(edit, character);
        if (status != 1) return status;
        if (*character == 033) {
            status = take_marker(edit, edit->pasting ? paste_end : paste_begin);
            if (status < 1) return status;
            if (status == 1) {
                edit->pasting = !edit->pasting;
                edit->line_end = 0;
                continue;
            }
            if (edit->pasting) continue;
        } else if (edit->pasting && !pasted(edit, character)) {
            continue;
        }
        if (*character != 0) return 1;
    }
}

// How many wide characters before or after the cursor are one character to a reader; 0 at that end of the line.
static int cluster_at_cursor(EditLine *editor, int before) {
    const LineInfoW *line = el_wline(editor);
    runic_edit *edit = edit_of(editor);
    const wchar_t *start = before ? line->buffer : line->cursor;
    const wchar_t *end = before ? line->cursor : line->lastchar;
    if (!edit || start >= end) return 0;
    int count = (int)(end - start);
    unsigned int *code_points = malloc((size_t)count * sizeof *code_points);
    if (!code_points) return 1;
    for (int i = 0; i < count; i++) code_points[i] = (unsigned int)start[i];
    int length = edit->cluster(code_points, count, before);
    free(code_points);
    return length < 1 ? 1 : length > count ? count : length;
}

// Deletes the characters before the cursor. Terminals disagree on the width of joined characters, so the line is drawn anew.
static unsigned char delete_before(EditLine *editor, int count) {
    if (count == 0) return CC_ERROR;
    el_deletestr(editor, count);
    return CC_REDISPLAY;
}

static unsigned char delete_previous(EditLine *editor, int key) {
    (void)key;
    return delete_before(editor, cluster_at_cursor(editor, 1));
}

static unsigned char delete_next(EditLine *editor, int key) {
    (void)key;
    int count = cluster_at_cursor(editor, 0);
    el_cursor(editor, count);
    return delete_before(editor, count);
}

static unsigned char move_to_previous(EditLine *editor, int key) {
    (void)key;
    int count = cluster_at_cursor(editor, 1);
    el_cursor(editor, -count);
    return count == 0 ? CC_ERROR : CC_CURSOR;
}

static unsigned char move_to_next(EditLine *editor, int key) {
    (void)key;
    int count = cluster_at_cursor(editor, 0);
    el_cursor(editor, count);
    return count == 0 ? CC_ERROR : CC_CURSOR;
}

static void add_functions(EditLine *editor) {
    el_set(editor, EL_ADDFN, "runic-delete-prev", "delete what a reader sees as one character", delete_previous);
    el_set(editor, EL_ADDFN, "runic-delete-next", "delete the next character of a reader", delete_next);
    el_set(editor, EL_ADDFN, "runic-prev-char", "move back by one character of a reader", move_to_previous);
    el_set(editor, EL_ADDFN, "runic-next-char", "move on by one character of a reader", move_to_next);
}

static void bind_keys(EditLine *editor) {
    static const char *const keys[][2] = {
        {"\\e[A", "ed-search-prev-history"}, {"\\eOA", "ed-search-prev-history"},
        {"\\e[B", "ed-search-next-history"}, {"\\eOB", "ed-search-next-history"},
        {"\\e[H", "ed-move-to-beg"},         {"\\eOH", "ed-move-to-beg"},
        {"\\e[1~", "ed-move-to-beg"},        {"\\e[F", "ed-move-to-end"},
        {"\\eOF", "ed-move-to-end"},         {"\\e[4~", "ed-move-to-end"},
        {"\\e[3~", "runic-delete-next"},   {"\\e[1;5D", "ed-prev-word"},
        {"\\e[1;5C", "em-next-word"},        {"^R", "em-inc-search-prev"},
        {"\\t", "ed-insert"},              {"^?", "runic-delete-prev"},
        {"^H", "runic-delete-prev"},       {"\\e[D", "runic-prev-char"},
        {"\\eOD", "runic-prev-char"},      {"^B", "runic-prev-char"},
        {"\\e[C", "runic-next-char"},      {"\\eOC", "runic-next-char"},
        {"^F", "runic-next-char"},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        el_set(editor, EL_BIND, keys[i][0], keys[i][1], NULL);
    }
}

// The editor's own command line dereferences a null pointer when it is left empty.
static void unbind_commands(EditLine *editor) {
    el_set(editor, EL_BIND, "\\ex", "ed-unassigned", NULL);
    el_set(editor, EL_BIND, "\\eX", "ed-unassigned", NULL);
    el_set(editor, EL_BIND, "-a", ":", "ed-unassigned", NULL);
}

runic_edit *runic_edit_create(const char *program, int history_size, runic_edit_cluster cluster, int escapes) {
    runic_edit *edit = calloc(1, sizeof *edit);
    if (!edit) return NULL;
    edit->held_byte = -1;
    edit->prompt = "";
    edit->cluster = cluster;
    edit->escapes = escapes;
    edit->utf8 = utf8_locale();
    locale_t before = edit->utf8 ? uselocale(edit->utf8) : (locale_t)0;
    edit->editor = el_init(program, stdin, stdout, stderr);
    edit->history = history_init();
    if (edit->editor && edit->history) {
        HistEvent event;
        history(edit->history, &event, H_SETSIZE, history_size);
        history(edit->history, &event, H_SETUNIQUE, 1);
        el_set(edit->editor, EL_CLIENTDATA, edit);
        el_set(edit->editor, EL_EDITOR, "emacs");
        el_set(edit->editor, EL_SIGNAL, 0);
        el_set(edit->editor, EL_PROMPT, prompt_of);
        el_set(edit->editor, EL_HIST, history, edit->history);
        el_set(edit->editor, EL_GETCFN, get_character);
        add_functions(edit->editor);
        bind_keys(edit->editor);
        el_source(edit->editor, NULL);
        unbind_commands(edit->editor);
    }
    if (before) uselocale(before);
    if (!edit->editor || !edit->history) {
        runic_edit_destroy(edit);
        return NULL;
    }
    return edit;
}

void runic_edit_destroy(runic_edit *edit) {
    if (!edit) return;
    if (edit->editor) el_end(edit->editor);
    if (edit->history) history_end(edit->history);
    if (edit->utf8) freelocale(edit->utf8);
    free(edit->line);
    free(edit);
}

void runic_edit_remember(runic_edit *edit, const char *line) {
    HistEvent event;
    locale_t before = edit->utf8 ? uselocale(edit->utf8) : (locale_t)0;
    history(edit->history, &event, H_ENTER, line);
    if (before) uselocale(before);
}

int runic_edit_read(runic_edit *edit, const char *prompt, const char **line) {
    locale_t before = edit->utf8 ? uselocale(edit->utf8) : (locale_t)0;
    edit->prompt = prompt;
    // A paste may go on: without escapes it has several lines.
    edit->interrupted = 0;
    edit->columns = runic_terminal_columns(STDOUT_FILENO);
    runic_signal_pipe();
    runic_signal_watch(1);
    const char *term = getenv("TERM");
    int brackets = term && strcmp(term, "dumb") != 0;
    if (brackets) tell_terminal("\033[?2004h");
    // The editor shows the prompt before it takes the terminal: what was typed in between would be edited by the terminal.
    el_set(edit->editor, EL_PREP_TERM, 1);
    int count = 0;
    const char *found = el_gets(edit->editor, &count);
    if (brackets) tell_terminal("\033[?2004l");
    runic_signal_watch(0);
    edit->prompt = "";
    int result = RUNIC_EDIT_END;
    if (edit->interrupted) {
        edit->queue_start = edit->queue_end = edit->pasting = 0;
        edit->line_end = 0;
        edit->held_byte = -1;
        tell_terminal("\n");
        el_reset(edit->editor);
        result = RUNIC_EDIT_INTERRUPTED;
    } else if (found && count > 0) {
        size_t length = strlen(found);
        if (length > 0 && found[length - 1] == '\n') length--;
        char *copy = malloc(length + 1);
        if (copy) {
            memcpy(copy, found, length);
            copy[length] = 0;
            free(edit->line);
            *line = edit->line = copy;
        }
        result = copy ? RUNIC_EDIT_LINE : RUNIC_EDIT_FAILED;
    }
    if (before) uselocale(before);
    return result;
}
