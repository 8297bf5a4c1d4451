/**
 * A frame is archived: the run folder with its database and summary. Disk latency stays off the frame path.
 */
@NullMarked
package org.emberline.edge.archive;

import org.jspecify.annotations.NullMarked;
