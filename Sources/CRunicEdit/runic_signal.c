#include "runic_signal.h"
#include "runic_edit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <unistd.h>

// Signal handlers take no argument of ours, so this state belongs to the process.
static atomic_int interrupts;
static atomic_int interrupt_limit;
static atomic_int continued;
static atomic_int installed;
static atomic_int wake_reader = -1;
static atomic_int wake_writer = -1;
static struct sigaction previous_int, previous_term, previous_quit, previous_winch, previous_cont;
static int catches_term;

static void wake(void) {
    int writer = atomic_load(&wake_writer);
    if (writer >= 0) {
        int saved = errno;
        ssize_t written = write(writer, "", 1);
        (void)written;
        errno = saved;
    }
}

static void on_interrupt(int number) {
    int count = atomic_fetch_add(&interrupts, 1) + 1;
    int limit = atomic_load(&interrupt_limit);
    if (limit > 0 && count >= limit) {
        signal(number, SIG_DFL);
        raise(number);
    }
    wake();
}

static void on_change(int number) {
    if (number == SIGCONT) atomic_store(&continued, 1);
    wake();
}

static void catch_signal(int number, void (*handler)(int), struct sigaction *previous) {
    struct sigaction action = {0};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, previous);
    // A child inherits the signals that its parent blocks; those caught here must arrive.
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, number);
    pthread_sigmask(SIG_UNBLOCK, &wanted, NULL);
}

void runic_interrupt_install(int terminate, int limit) {
    atomic_store(&interrupts, 0);
    atomic_store(&interrupt_limit, limit);
    if (atomic_exchange(&installed, 1)) return;
    catch_signal(SIGINT, on_interrupt, &previous_int);
    struct sigaction ignore = {0};
    ignore.sa_handler = SIG_IGN;
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGQUIT, &ignore, &previous_quit);
    catches_term = terminate;
    if (terminate) catch_signal(SIGTERM, on_interrupt, &previous_term);
}

void runic_interrupt_remove(void) {
    if (!atomic_exchange(&installed, 0)) return;
    sigaction(SIGINT, &previous_int, NULL);
    sigaction(SIGQUIT, &previous_quit, NULL);
    if (catches_term) sigaction(SIGTERM, &previous_term, NULL);
}

int runic_interrupt_requested(void) { return atomic_load(&interrupts); }

void runic_interrupt_clear(void) { atomic_store(&interrupts, 0); }

void runic_file_limit_is_error(void) { signal(SIGXFSZ, SIG_IGN); }

int runic_signal_pipe(void) {
    if (atomic_load(&wake_reader) < 0) {
        int ends[2];
        if (pipe(ends) != 0) return -1;
        for (int i = 0; i < 2; i++) {
            fcntl(ends[i], F_SETFD, FD_CLOEXEC);
            fcntl(ends[i], F_SETFL, O_NONBLOCK);
        }
        atomic_store(&wake_reader, ends[0]);
        atomic_store(&wake_writer, ends[1]);
    }
    return atomic_load(&wake_reader);
}

void runic_signal_drain(void) {
    char bytes[64];
    int reader = atomic_load(&wake_reader);
    while (reader >= 0 && read(reader, bytes, sizeof bytes) > 0) {
    }
}

void runic_signal_watch(int on) {
    if (on) {
        catch_signal(SIGWINCH, on_change, &previous_winch);
        catch_signal(SIGCONT, on_change, &previous_cont);
    } else {
        sigaction(SIGWINCH, &previous_winch, NULL);
        sigaction(SIGCONT, &previous_cont, NULL);
    }
}

int runic_signal_continued(void) { return atomic_exchange(&continued, 0); }

int runic_terminal_columns(int descriptor) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return 0;
    return size.ws_col;
}
