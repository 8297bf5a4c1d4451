package org.emberline.edge.service.access;

import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.service.access.Credential.Psk;
import org.emberline.edge.service.access.Credential.RawPublicKey;

/**
 * The text of the file {@code clients}: a line {@code NAME ROLE psk KEY} or {@code NAME ROLE rpk BASE64} each, where BASE64 is the
 * SubjectPublicKeyInfo; empty lines and those that begin with {@code #} say nothing.
 */
final class ClientLines {
    private static final int FIELDS = 4;
    private static final String PSK = "psk";
    private static final String RPK = "rpk";

    private ClientLines() {}

    /**
     * @param file what to call the text in complaints
     * @throws IllegalArgumentException naming the line; it never contains what stands there, for that may be a key
     */
    static List<Client> parse(String text, String file) {
        List<Client> clients = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                clients.add(client(line.strip().split("\\s+")));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(file + ":" + number + ": " + e.getMessage(), e);
            }
        }
        return clients;
    }

    private static Client client(String[] fields) {
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException(
                    "has " + fields.length + " fields instead of NAME ROLE psk KEY or NAME ROLE rpk BASE64");
        }
        Credential credential = switch (fields[2]) {
            case PSK -> new Psk(fields[3]);
            case RPK -> new RawPublicKey(PublicKeys.ofBase64(fields[3]));
            default -> throw new IllegalArgumentException("the third field is neither psk nor rpk");
        };
        return new Client(fields[0], Role.of(fields[1]), credential);
    }

    static String format(List<Client> clients) {
        StringBuilder text =
                new StringBuilder("# NAME ROLE psk KEY | NAME ROLE rpk BASE64; roles: observer, operator\n");
        for (Client client : clients) {
            text.append(client.name())
                    .append(' ')
                    .append(client.role().word())
                    .append(' ')
                    .append(
                            switch (client.credential()) {
                                case Psk psk -> PSK + " " + psk.text();
                                case RawPublicKey raw -> RPK + " " + PublicKeys.toBase64(raw.key());
                            })
                    .append('\n');
        }
        return text.toString();
    }
}
