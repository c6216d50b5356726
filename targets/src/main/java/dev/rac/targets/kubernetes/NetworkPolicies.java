package dev.rac.targets.kubernetes;

import dev.rac.targets.App;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.Map;

/** What apps may reach over the network, and what may reach them. Pure. The cluster's network plugin must support policies. */
final class NetworkPolicies {
    // RFC 1918, RFC 6598 (carrier-grade NAT, some clusters' pods), RFC 3927 (clouds' metadata services).
    private static final String[] PRIVATE_IPV4 = {
        "10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"
    };
    // RFC 4193, RFC 4291.
    private static final String[] PRIVATE_IPV6 = {"fc00::/7", "fe80::/10"};

    private static final int DNS_PORT = 53;

    private NetworkPolicies() {}

    /**
     * Apps reach public addresses and DNS. Pods, services and nodes have private ones, so neither RAC's own services
     * nor other apps are reached. What comes in is not restricted: the front door may be a pod, a node, or outside.
     */
    static NetworkPolicy apps() {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName(Names.NETWORK_POLICY)
                .withLabels(Map.of(Names.MANAGED_BY, Names.RAC))
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Map.of(Names.MANAGED_BY, Names.RAC))
                .endPodSelector()
                .withPolicyTypes("Egress")
                .withEgress(publicAddresses(), dns())
                .endSpec()
                .build();
    }

    /**
     * An app is reached at the port that it serves, and at no other that it may have open. From where is not restricted:
     * the front door may be a pod, a node, or outside.
     */
    static NetworkPolicy app(App app) {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName(Names.networkPolicy(app.name()))
                .withLabels(Names.labels(app.name(), Names.APP_COMPONENT))
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Names.labels(app.name()))
                .endPodSelector()
                .withPolicyTypes("Ingress")
                // By its name, which is each pod's own: the next revision may serve another number.
                .addNewIngress()
                .addNewPort()
                .withProtocol("TCP")
                .withPort(new IntOrString(Names.PORT))
                .endPort()
                .endIngress()
                .endSpec()
                .build();
    }

    private static NetworkPolicyEgressRule publicAddresses() {
        return new NetworkPolicyEgressRuleBuilder()
                .addNewTo()
                .withNewIpBlock()
                .withCidr("0.0.0.0/0")
                .withExcept(PRIVATE_IPV4)
                .endIpBlock()
                .endTo()
                .addNewTo()
                .withNewIpBlock()
                .withCidr("::/0")
                .withExcept(PRIVATE_IPV6)
                .endIpBlock()
                .endTo()
                .build();
    }

    private static NetworkPolicyEgressRule dns() {
        return new NetworkPolicyEgressRuleBuilder()
                .withPorts(dns("UDP"), dns("TCP"))
                .build();
    }

    private static NetworkPolicyPort dns(String protocol) {
        return new NetworkPolicyPortBuilder()
                .withProtocol(protocol)
                .withPort(new IntOrString(DNS_PORT))
                .build();
    }
}
