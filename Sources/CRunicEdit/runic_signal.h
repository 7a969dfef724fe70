#ifndef RUNIC_SIGNAL_H
#define RUNIC_SIGNAL_H

/// The reading end of a pipe that gets a byte with every signal, so a wait for input ends whichever thread gets the
/// signal; -1 if it could not be made.
int runic_signal_pipe(void);

/// Empties the pipe.
void runic_signal_drain(void);

/// Starts or stops watching SIGWINCH and SIGCONT, which are watched while a line is edited.
void runic_signal_watch(int on);

/// Whether the process was continued after a stop since the last call.
int runic_signal_continued(void);

#endif
