// The type of every number of a model: float, or double where AE_REAL_DOUBLE is defined.
#ifndef AE_REAL_TYPE_H
#define AE_REAL_TYPE_H

#ifdef AE_REAL_DOUBLE
typedef double ae_real;
#else
typedef float ae_real;
#endif

#endif
