package org.emberline.firmware.linux;

/** The numbers of {@code linux/i2c-dev.h} and {@code linux/i2c.h}: requests, abilities of an adapter, structures in bytes. */
final class I2cAbi {
    static final long SET_ADDRESS = 0x0703; // I2C_SLAVE
    static final long GET_ABILITIES = 0x0705; // I2C_FUNCS
    static final long TRANSFER = 0x0720; // I2C_SMBUS

    static final long CAN_READ_BYTE = 0x0008_0000;
    static final long CAN_WRITE_BYTE = 0x0010_0000;
    static final long CAN_READ_WORD = 0x0020_0000;
    static final long CAN_WRITE_WORD = 0x0040_0000;
    static final long CAN_READ_BLOCK = 0x0400_0000;
    static final long CAN_WRITE_BLOCK = 0x0800_0000;

    static final byte READ = 1;
    static final byte WRITE = 0;
    static final int BYTE_DATA = 2;
    static final int WORD_DATA = 3;
    static final int BLOCK_DATA = 8; // I2C_SMBUS_I2C_BLOCK_DATA

    /** {@code struct i2c_smbus_ioctl_data}: direction, register, size, pointer to the data. */
    static final int ARGUMENT_BYTES = 16;

    static final int ARGUMENT_DIRECTION = 0;
    static final int ARGUMENT_REGISTER = 1;
    static final int ARGUMENT_SIZE = 4;
    static final int ARGUMENT_DATA = 8;

    /** {@code union i2c_smbus_data}: a byte, a word, or a block that begins with its length. */
    static final int DATA_BYTES = 34;

    static final int BLOCK_MAX = 32;

    private I2cAbi() {}
}
