// A model written by hand, for tests of the runtime.
#ifndef FAKE_MODEL_H
#define FAKE_MODEL_H

#include "runtime/api/model.h"

extern const struct ae_model fake_model;

#endif
