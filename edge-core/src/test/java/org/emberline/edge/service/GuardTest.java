package org.emberline.edge.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.auth.PreSharedKeyIdentity;
import org.emberline.edge.service.Guard.Verdict;
import org.emberline.edge.service.access.Client;
import org.emberline.edge.service.access.Credential.Psk;
import org.emberline.edge.service.access.KeyRing;
import org.emberline.edge.service.access.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may do what, without a network. 192.0.2.0/24 is for documentation: nobody is there. */
class GuardTest {
    private static final Psk KEY = new Psk("0123456789abcdef");
    private static final KeyRing RING =
            new KeyRing(List.of(new Client("laptop", Role.OBSERVER, KEY), new Client("console", Role.OPERATOR, KEY)));

    private final List<String> events = new ArrayList<>();
    private final Guard guard = new Guard(
            () -> RING, new RateLimit(2, () -> 0), new Notices((kind, text) -> events.add(kind + " " + text), () -> 0));

    private static Request request(Code code, String path, String address, @Nullable Principal who) throws Exception {
        Request request = new Request(code);
        request.setURI("coap://localhost" + path);
        request.setSourceContext(
                new AddressEndpointContext(new InetSocketAddress(InetAddress.getByName(address), 40_000), who));
        return request;
    }

    private static ResponseCode refused(Verdict verdict) {
        return assertInstanceOf(Verdict.Answer.class, verdict).response().getCode();
    }

    @ParameterizedTest
    @EnumSource(
            value = Code.class,
            names = {"POST", "PUT", "DELETE", "PATCH", "IPATCH"})
    void onlyOperatorsCommand(Code code) throws Exception {
        for (String path : List.of("/run", "/config", "/config/deeper")) {
            assertEquals(ResponseCode.UNAUTHORIZED, refused(guard.judge(request(code, path, "127.0.0.1", null))));
        }
        assertEquals(ResponseCode.UNAUTHORIZED, refused(guard.judge(request(code, "/run", "192.0.2.1", null))));
        assertEquals(
                ResponseCode.FORBIDDEN,
                refused(guard.judge(request(code, "/run", "192.0.2.1", new PreSharedKeyIdentity("laptop")))));
        assertInstanceOf(
                Verdict.Go.class, guard.judge(request(code, "/run", "192.0.2.1", new PreSharedKeyIdentity("console"))));
        assertEquals(1, events.size());
        assertEquals("COMMAND_REFUSED somebody on this machine: " + code + " /run", events.getFirst());
    }

    @Test
    void aKeyThatWasTakenAwayOpensNothing() throws Exception {
        Request request = request(Code.GET, "/metrics", "192.0.2.1", new PreSharedKeyIdentity("gone"));
        assertEquals(ResponseCode.UNAUTHORIZED, refused(guard.judge(request)));
    }

    @Test
    void aStrangerReadsAndDoesNotObserve() throws Exception {
        Request request = request(Code.GET, "/metrics", "192.0.2.1", null);
        request.setObserve();
        assertInstanceOf(Verdict.Go.class, guard.judge(request));
        assertFalse(request.getOptions().hasObserve());
        assertEquals(
                ResponseCode.UNAUTHORIZED, refused(guard.judge(request(Code.GET, "/observers", "192.0.2.1", null))));
        Request local = request(Code.GET, "/metrics", "127.0.0.1", null);
        local.setObserve();
        assertInstanceOf(Verdict.Go.class, guard.judge(local));
        assertTrue(local.getOptions().hasObserve());
    }

    @Test
    void aFloodOfAStrangerIsNotAnsweredAndThatOfAClientIsToldOff() throws Exception {
        PreSharedKeyIdentity laptop = new PreSharedKeyIdentity("laptop");
        for (int i = 0; i < 4; i++) {
            assertInstanceOf(Verdict.Go.class, guard.judge(request(Code.GET, "/status", "192.0.2.1", null)));
            assertInstanceOf(Verdict.Go.class, guard.judge(request(Code.GET, "/status", "192.0.2.1", laptop)));
        }
        assertInstanceOf(Verdict.Silence.class, guard.judge(request(Code.GET, "/status", "192.0.2.1", null)));
        assertEquals(
                ResponseCode.TOO_MANY_REQUESTS,
                refused(guard.judge(request(Code.GET, "/status", "192.0.2.1", laptop))));
        assertInstanceOf(Verdict.Go.class, guard.judge(request(Code.GET, "/status", "192.0.2.2", null)));
        for (int i = 0; i < 100; i++) {
            assertInstanceOf(Verdict.Go.class, guard.judge(request(Code.GET, "/status", "::1", null)));
        }
    }
}
