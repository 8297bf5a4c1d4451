/**
 * The service shows it: read-only CoAP resources over the pipeline's snapshots, and the client side for {@code poll} and
 * {@code watch}. Californium only here.
 */
@NullMarked
package org.emberline.edge.service;

import org.jspecify.annotations.NullMarked;
