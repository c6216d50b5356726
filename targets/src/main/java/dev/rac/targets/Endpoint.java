package dev.rac.targets;

/**
 * One instance's own address.
 *
 * @param instance the container's or pod's unique id: an address may later belong to another instance
 * @param host an IP address
 * @param port a TCP port
 */
public record Endpoint(String instance, String host, int port) {}
