/**
 * The client side of {@code poll} and {@code watch}: fetches a CoAP resource and prints it for people or machines. What a server
 * sends is taken as hostile.
 */
@NullMarked
package org.emberline.edge.service.view;

import org.jspecify.annotations.NullMarked;
