@NullMarked
package org.emberline.edge.app.config;

import org.jspecify.annotations.NullMarked;
