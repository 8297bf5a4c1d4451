package org.emberline.edge.service.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.emberline.edge.service.access.Credential.Psk;
import org.emberline.edge.service.access.Credential.RawPublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFolderTest {
    private static final String KEY = "0123456789abcdefghij";
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path temp;

    private Client shared(String name) {
        return new Client(name, Role.OBSERVER, new Psk(KEY));
    }

    private Path keys() {
        return temp.resolve("deep/keys");
    }

    @Test
    void whatIsAddedIsThereForItsOwnerOnly() throws Exception {
        KeyFolder folder = new KeyFolder(keys());
        KeyPair pair = PublicKeys.generate(RANDOM);
        folder.add(shared("laptop"), RANDOM);
        folder.add(new Client("console", Role.OPERATOR, new RawPublicKey(pair.getPublic())), RANDOM);
        KeyRing ring = folder.read();
        assertEquals(new Psk(KEY), ring.psk("laptop"));
        assertEquals(
                Role.OPERATOR, Objects.requireNonNull(ring.of(pair.getPublic())).role());
        assertNull(ring.identified("console"));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys())));
        for (String file : List.of("clients", "server.pem")) {
            assertEquals(
                    "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys().resolve(file))));
        }
        folder.remove("laptop");
        assertNull(folder.read().psk("laptop"));
        assertEquals(folder.serverKeys().getPublic(), folder.serverKeys().getPublic());
    }

    @Test
    void noTwoHaveTheSameNameOrKey() throws Exception {
        KeyFolder folder = new KeyFolder(keys());
        KeyPair pair = PublicKeys.generate(RANDOM);
        folder.add(new Client("a", Role.OPERATOR, new RawPublicKey(pair.getPublic())), RANDOM);
        assertThrows(IOException.class, () -> folder.add(shared("a"), RANDOM));
        Client thief = new Client("b", Role.OBSERVER, new RawPublicKey(pair.getPublic()));
        String said = String.valueOf(
                assertThrows(IOException.class, () -> folder.add(thief, RANDOM)).getMessage());
        assertTrue(said.contains("have the same public key"), said);
        assertEquals(1, folder.read().clients().size());
        assertThrows(IOException.class, () -> folder.remove("nobody"));
    }

    @ParameterizedTest
    @CsvSource({"rw-r-----", "rw--w----", "rw----r--", "rwxrwxrwx"})
    void whatOthersMayReadIsRefused(String permissions) throws Exception {
        KeyFolder folder = new KeyFolder(keys());
        folder.add(shared("laptop"), RANDOM);
        Files.setPosixFilePermissions(folder.clientFile(), PosixFilePermissions.fromString(permissions));
        String said =
                String.valueOf(assertThrows(IOException.class, folder::read).getMessage());
        assertTrue(said.contains("clients is open to others") && said.contains("chmod go="), said);
        Files.setPosixFilePermissions(folder.clientFile(), PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(keys(), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThrows(IOException.class, folder::read);
        assertThrows(IOException.class, folder::serverKeys);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "laptop observer psk | clients:2: has 3 fields",
                "laptop observer psk short | clients:2: a pre-shared key has 16 to 128",
                "laptop king psk 0123456789abcdefghij | clients:2: role king is neither",
                "lap/top observer psk 0123456789abcdefghij | clients:2: a client's name",
                "laptop observer tls 0123456789abcdefghij | clients:2: the third field",
                "laptop observer rpk MFkwEwYHKoZIzj0CAQ== | clients:2: the public key is not",
                "laptop observer rpk ???? | clients:2: the public key is not",
            })
    void aLineThatCannotBeReadIsNamedWithoutItsSecret(String line, String expected) throws Exception {
        KeyFolder folder = new KeyFolder(keys());
        folder.add(shared("other"), RANDOM);
        Files.writeString(folder.clientFile(), "# clients\n" + line + "\n");
        String said =
                String.valueOf(assertThrows(IOException.class, folder::read).getMessage());
        assertTrue(said.contains(expected), said);
        assertFalse(said.contains("0123456789abcdefghij"), said);
    }

    @Test
    void aMissingFolderSaysHowToMakeIt() {
        String said = String.valueOf(assertThrows(IOException.class, () -> new KeyFolder(keys()).read())
                .getMessage());
        assertTrue(said.contains("emberline keys add"), said);
    }

    @Test
    void keysThatDoNotBelongTogetherAreNotAPair() {
        KeyPair one = PublicKeys.generate(RANDOM);
        KeyPair other = PublicKeys.generate(RANDOM);
        assertEquals(
                one.getPublic(), PublicKeys.pairOfPem(PublicKeys.toPem(one)).getPublic());
        String mixed = PublicKeys.toPem(new KeyPair(other.getPublic(), one.getPrivate()));
        assertThrows(IllegalArgumentException.class, () -> PublicKeys.pairOfPem(mixed));
        assertThrows(IllegalArgumentException.class, () -> PublicKeys.pairOfPem(PublicKeys.toPem(one.getPublic())));
    }

    /** Found by Jazzer: the end shares its dashes with the begin. */
    @Test
    void aBlockThatEndsWithinItsBeginIsRefused() {
        String text = "-----BEGIN PRIVATE KEY------END PRIVATE KEY-----";
        assertThrows(IllegalArgumentException.class, () -> PublicKeys.pairOfPem(text));
    }

    @Test
    void spoiltFilesAreRefusedOrReadNeverWorse() throws Exception {
        String sound = ClientLines.format(List.of(
                shared("laptop"),
                new Client(
                        "console",
                        Role.OPERATOR,
                        new RawPublicKey(PublicKeys.generate(RANDOM).getPublic()))));
        SplittableRandom random = new SplittableRandom(10);
        for (int i = 0; i < 2000; i++) {
            char[] spoilt = sound.toCharArray();
            for (int hits = random.nextInt(1, 4); hits > 0; hits--) {
                spoilt[random.nextInt(spoilt.length)] = (char) random.nextInt(1, 256);
            }
            try {
                assertTrue(ClientLines.parse(new String(spoilt), "clients").size() <= 5);
            } catch (IllegalArgumentException e) {
                assertTrue(String.valueOf(e.getMessage()).startsWith("clients:"), e.toString());
            }
        }
    }

    @Test
    void aSecretIsNeverWrittenOverNorShown() throws Exception {
        Path file = temp.resolve("laptop.key");
        SecretFile.create(file, KEY);
        assertThrows(IOException.class, () -> SecretFile.create(file, "another key"));
        assertEquals(KEY, SecretFile.read(file));
        assertFalse(shared("x").toString().contains(KEY));
        assertEquals(32, Psk.random(RANDOM).text().length());
        assertFalse(Psk.random(RANDOM).text().equals(Psk.random(RANDOM).text()));
    }

    @Test
    void aRingFollowsItsFileAndSurvivesItsLoss() throws Exception {
        KeyFolder folder = new KeyFolder(keys());
        folder.add(shared("laptop"), RANDOM);
        AtomicLong clock = new AtomicLong();
        LiveKeyRing live = new LiveKeyRing(folder, clock::get);
        folder.add(shared("phone"), RANDOM);
        assertNull(live.get().identified("phone"));
        clock.addAndGet(1_000_000_000L);
        assertEquals(
                "phone", Objects.requireNonNull(live.get().identified("phone")).name());
        folder.remove("phone");
        clock.addAndGet(1_000_000_000L);
        assertNull(live.get().identified("phone"));
        Files.delete(folder.clientFile());
        clock.addAndGet(1_000_000_000L);
        assertEquals(
                "laptop",
                Objects.requireNonNull(live.get().identified("laptop")).name());
    }
}
