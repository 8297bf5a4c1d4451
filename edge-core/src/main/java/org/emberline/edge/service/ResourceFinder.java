package org.emberline.edge.service;

import java.util.List;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.server.DelivererException;
import org.eclipse.californium.core.server.ServerMessageDeliverer;
import org.eclipse.californium.core.server.resources.DiscoveryResource;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.config.Configuration;

/** Finds the resource of a path; whatever is not one of the service's (the root, a bare family) is 4.04 with a line. */
final class ResourceFinder extends ServerMessageDeliverer {

    ResourceFinder(Resource root, Configuration configuration) {
        super(root, configuration);
    }

    @Override
    protected Resource findResource(List<String> path) throws DelivererException {
        Resource found = super.findResource(path);
        if (found instanceof SnapshotResource
                || found instanceof HistoryResource
                || found instanceof DiscoveryResource) {
            return found;
        }
        throw new DelivererException(ResponseCode.NOT_FOUND, "no such resource; see /.well-known/core");
    }
}
