#include "runic_plugin.h"

/* What a plugin was built against and what reads it must agree wherever this package is built. */
_Static_assert(sizeof(runic_plugin_error) == 512, "the error is a text of 512 bytes");
_Static_assert(offsetof(runic_plugin, abi) == 0, "the version stands first");
_Static_assert(offsetof(runic_plugin, size) == 4, "the size stands second");
_Static_assert(offsetof(runic_plugin, stage_size) == 8, "the stage's size stands third");
