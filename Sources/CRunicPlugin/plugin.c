#include "runic_plugin.h"

/* The layout that plugins are built against must be the same wherever this package is built. */
_Static_assert(sizeof(runic_plugin_error) == 512, "the error is a text of 512 bytes");
_Static_assert(offsetof(runic_plugin, abi) == 0, "the version comes first");
_Static_assert(offsetof(runic_plugin, size) == 4, "the size comes second");
_Static_assert(offsetof(runic_plugin, stage_size) == 8, "the stage's size comes third");
