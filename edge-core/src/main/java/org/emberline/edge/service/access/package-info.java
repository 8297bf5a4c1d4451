/**
 * Who may do what over the network: clients with their keys and roles, read from a folder that nobody else can read. Knows nothing of CoAP.
 */
@NullMarked
package org.emberline.edge.service.access;

import org.jspecify.annotations.NullMarked;
