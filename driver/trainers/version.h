// The version of aespec, for --version and run.json.
#ifndef VERSION_H
#define VERSION_H

#define AESPEC_VERSION "0.1"
#define AESPEC_DATE "2026-11-26"    // of the version, for the manual

#endif
