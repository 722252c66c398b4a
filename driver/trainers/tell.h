// Words for the user: "aespec: ..." and a line end, on stderr.
#ifndef TELL_H
#define TELL_H

void tell(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
