/**
 * The service shows it: CoAP resources over the pipeline's snapshots, for reading in the clear on this machine and by DTLS from others, and
 * the commands of operators. Californium and Scandium only here; the client side is in {@code view}, keys and roles are in {@code access}.
 */
@NullMarked
package org.emberline.edge.service;

import org.jspecify.annotations.NullMarked;
