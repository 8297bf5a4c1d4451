/**
 * The app wires it: command line, configuration, and the only place that makes adapters.
 */
@NullMarked
package org.emberline.edge.app;

import org.jspecify.annotations.NullMarked;
