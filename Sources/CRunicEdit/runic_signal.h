#ifndef RUNIC_SIGNAL_H
#define RUNIC_SIGNAL_H

/// The reading end of a pipe that gets a byte with every signal, so that a wait for input ends on whatever thread
/// the signal arrives; -1 if it could not be made.
int runic_signal_pipe(void);

/// Takes the bytes out of the pipe.
void runic_signal_drain(void);

/// Watches SIGWINCH and SIGCONT while a line is edited, or no longer.
void runic_signal_watch(int on);

/// Whether the process was continued after a stop since the last call.
int runic_signal_continued(void);

#endif
