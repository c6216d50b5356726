package dev.rac.targets;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Remembers what a watch told, and whether two calls ever overlapped. */
public final class RecordingWatcher implements Target.Watcher {
    /** What is recorded of a removal, where else the name of an {@link AppState} stands. */
    public static final String REMOVED = "REMOVED";

    private final List<Call> calls = new ArrayList<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean overlapped = new AtomicBoolean();

    private record Call(AppName name, String what) {}

    @Override
    public void changed(AppStatus status) {
        record(new Call(status.app().name(), status.state().name()));
    }

    @Override
    public void removed(AppName name) {
        record(new Call(name, REMOVED));
    }

    /** What was told of one app so far, the same thing told twice in a row counted once. */
    public List<String> history(AppName name) {
        synchronized (calls) {
            var history = new ArrayList<String>();
            for (Call call : calls) {
                if (call.name().equals(name)
                        && (history.isEmpty() || !history.getLast().equals(call.what()))) {
                    history.add(call.what());
                }
            }
            return history;
        }
    }

    public boolean overlapped() {
        return overlapped.get();
    }

    private void record(Call call) {
        if (!busy.compareAndSet(false, true)) {
            overlapped.set(true);
        }
        synchronized (calls) {
            calls.add(call);
        }
        busy.set(false);
    }
}
