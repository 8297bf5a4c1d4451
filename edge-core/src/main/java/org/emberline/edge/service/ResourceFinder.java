package org.emberline.edge.service;

import java.util.List;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.DelivererException;
import org.eclipse.californium.core.server.ServerMessageDeliverer;
import org.eclipse.californium.core.server.resources.DiscoveryResource;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.config.Configuration;

/** Asks the guard, then finds the resource of a path; whatever is not one of the service's (the root, a bare family) is 4.04 with a line. */
final class ResourceFinder extends ServerMessageDeliverer {
    private final Guard guard;

    ResourceFinder(Resource root, Configuration configuration, Guard guard) {
        super(root, configuration);
        this.guard = guard;
    }

    @Override
    protected boolean preDeliverRequest(Exchange exchange) {
        switch (guard.judge(exchange.getRequest())) {
            case Guard.Verdict.Go _ -> {
                return false;
            }
            case Guard.Verdict.Answer answer -> exchange.sendResponse(answer.response());
            case Guard.Verdict.Silence _ -> exchange.setComplete();
        }
        return true;
    }

    @Override
    protected Resource findResource(List<String> path) throws DelivererException {
        Resource found = super.findResource(path);
        if (found instanceof SnapshotResource
                || found instanceof HistoryResource
                || found instanceof CommandResource
                || found instanceof DiscoveryResource) {
            return found;
        }
        throw new DelivererException(ResponseCode.NOT_FOUND, "no such resource; see /.well-known/core");
    }
}
