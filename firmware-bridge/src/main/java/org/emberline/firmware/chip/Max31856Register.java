package org.emberline.firmware.chip;

/**
 * The registers of a MAX31856, named as in its data sheet. Read at {@link #address}, written at {@link #writeAddress}; an access that
 * goes on takes the following registers.
 *
 * <pre>
 *   00 CR0     7 automatic  6 one-shot*  5:4 open-circuit test  3 no cold junction  2 faults latch  1 clear faults*  0 50 Hz
 *   01 CR1     7 -  6:4 averaging 1, 2, 4, 8, 16  3:0 type B E J K N R S T
 *   02 MASK    7:6 -  5:0 keep the bit of SR from the FAULT pin
 *   03 CJHF    cold junction high limit, signed, 1 C          04 CJLF    low limit
 *   05 LTHFTH  06 LTHFTL  high limit, signed, 2^-4 C          07 LTLFTH  08 LTLFTL  low limit
 *   09 CJTO    added to the cold junction, signed, 2^-4 C
 *   0A CJTH    0B CJTL    cold junction, signed, 2^-6 C, in the upper 14 of 16 bits
 *   0C LTCBH   0D LTCBM   0E LTCBL   linearised temperature, signed, 2^-7 C, in the upper 19 of 24 bits
 *   0F SR      7 CJ range  6 TC range  5 CJ high  4 CJ low  3 TC high  2 TC low  1 over/under-voltage  0 open
 *
 *   * goes back to 0 by itself    - does nothing
 * </pre>
 */
public enum Max31856Register {
    CR0(0x00, 0x00, 0b1011_1101),
    CR1(0x01, 0x03, 0b0111_1111),
    MASK(0x02, 0xff, 0b0011_1111),
    CJHF(0x03, 0x7f, 0xff),
    CJLF(0x04, 0xc0, 0xff),
    LTHFTH(0x05, 0x7f, 0xff),
    LTHFTL(0x06, 0xff, 0xff),
    LTLFTH(0x07, 0x80, 0xff),
    LTLFTL(0x08, 0x00, 0xff),
    CJTO(0x09, 0x00, 0xff),
    CJTH(0x0a, 0x00, 0),
    CJTL(0x0b, 0x00, 0),
    LTCBH(0x0c, 0x00, 0),
    LTCBM(0x0d, 0x00, 0),
    LTCBL(0x0e, 0x00, 0),
    SR(0x0f, 0x00, 0);

    private static final int WRITE = 0x80;

    private final int address;
    private final int powerOn;
    private final int kept;

    Max31856Register(int address, int powerOn, int kept) {
        this.address = address;
        this.powerOn = powerOn;
        this.kept = kept;
    }

    /** Where it is read. */
    public int address() {
        return address;
    }

    /** Where it is written. */
    public int writeAddress() {
        return address | WRITE;
    }

    /** What it holds after the supply came up, 0 to 255. */
    public int powerOn() {
        return powerOn;
    }

    /** The bits that read back as they were written. */
    int kept() {
        return kept;
    }
}
