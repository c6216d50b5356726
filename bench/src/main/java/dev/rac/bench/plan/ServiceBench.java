package dev.rac.bench.plan;

/** Measures one service. */
public interface ServiceBench {
    /** What the service is called. */
    String name();

    /** Measures, and gives the service's section of the document. */
    String measure(Workplace workplace);
}
