/**
 * DECTRIS Stream V2: what an Eiger, Pilatus 4 or Selun sends while it measures, one CBOR map a message (DECTRIS, Stream V2 documentation). Messages
 * come from outside: everything is checked before it is believed.
 */
@NullMarked
package org.emberline.edge.acquire.stream2;

import org.jspecify.annotations.NullMarked;
