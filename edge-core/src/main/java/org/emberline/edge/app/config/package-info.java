/** Configuration: TOML text in, checked records out, all complaints at once and each with its path. */
@NullMarked
package org.emberline.edge.app.config;

import org.jspecify.annotations.NullMarked;
