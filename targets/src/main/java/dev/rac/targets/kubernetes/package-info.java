/** Apps on a Kubernetes cluster: {@link dev.rac.targets.kubernetes.KubernetesTarget}. */
@NullMarked
package dev.rac.targets.kubernetes;

import org.jspecify.annotations.NullMarked;
