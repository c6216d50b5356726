package dev.rac.targets;

/** What runs apps in tests of a {@link Target}, seen past every adapter. */
public interface TestPlatform extends AutoCloseable {
    /** What {@link Target#kind()} must say. */
    String kind();

    /** Connects to the platform as another process would: with nothing but the namespace in common. */
    Target connect(String namespace);

    /** Removes from the platform all that tests made in the namespace; it may not exist. */
    void delete(String namespace);

    /** How many containers of the app run, as the platform itself says. */
    int running(String namespace, AppName name);

    /** Called when the test class has cleaned up what is its own. */
    @Override
    void close();
}
