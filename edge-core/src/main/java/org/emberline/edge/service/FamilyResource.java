package org.emberline.edge.service;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.server.resources.Resource;
import org.emberline.edge.pipeline.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * A path whose children come into being when a snapshot first names them, and then stay: {@code /t/{channel}},
 * {@code /pattern/{detector}}, {@code /preview/{detector}}, {@code /map/{metric}}. Not a resource itself. Any thread.
 */
final class FamilyResource extends CoapResource {
    private final Supplier<Snapshot> snapshots;
    private final Function<Snapshot, List<String>> members;
    private final Function<String, SnapshotResource> birth;

    FamilyResource(
            String name,
            Supplier<Snapshot> snapshots,
            Function<Snapshot, List<String>> members,
            Function<String, SnapshotResource> birth) {
        super(name, false);
        this.snapshots = snapshots;
        this.members = members;
        this.birth = birth;
    }

    @Override
    public @Nullable Resource getChild(String name) {
        grow();
        return super.getChild(name);
    }

    @Override
    public Collection<Resource> getChildren() {
        grow();
        return super.getChildren();
    }

    private synchronized void grow() {
        for (String member : members.apply(snapshots.get())) {
            if (super.getChild(member) == null) {
                add(birth.apply(member));
            }
        }
    }
}
