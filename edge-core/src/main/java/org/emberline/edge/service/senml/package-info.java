/**
 * SenML packs (RFC 8428): records, the JSON and the CBOR form in both directions, and the resolution of base fields. Knows
 * nothing of the service; the bytes it reads are taken as hostile.
 */
@NullMarked
package org.emberline.edge.service.senml;

import org.jspecify.annotations.NullMarked;
