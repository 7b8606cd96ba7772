package io.plimsoll.companion;

import java.util.List;

/**
 * What the compiler worked out for one type: implemented by the generated {@code OrderService_Plimsoll}, in the
 * package of {@code OrderService}.
 *
 * <p>A companion has a public constructor without arguments, holds no state and is found by its name; there is no
 * index that an incremental build could leave behind.
 */
public interface Companion {

    /**
     * The contract that this version of the processor writes and this version of the starter reads. It moves whenever
     * old generated code could no longer be read as it was meant.
     */
    int CONTRACT = 2;

    /** The {@link #CONTRACT} of the processor that wrote this companion. */
    int contract();

    /** One entry per element of the type that carries a promise: the type itself and its methods. */
    List<CompiledSite> sites();

    /**
     * The name of the companion of a type: {@code com.acme.Outer$Inner} has {@code com.acme.Outer_Inner_Plimsoll}.
     *
     * @param binaryName as {@link Class#getName()} gives it
     */
    static String nameFor(String binaryName) {
        int simpleName = binaryName.lastIndexOf('.') + 1;
        return binaryName.substring(0, simpleName)
                + binaryName.substring(simpleName).replace('$', '_')
                + "_Plimsoll";
    }

    /** The name of the companion that holds what {@code package-info.java} promises for a package. */
    static String nameForPackage(String packageName) {
        return packageName + ".package_info_Plimsoll";
    }
}
