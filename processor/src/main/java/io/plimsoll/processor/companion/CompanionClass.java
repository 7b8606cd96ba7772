package io.plimsoll.processor.companion;

import io.plimsoll.companion.Companion;
import io.plimsoll.companion.CompiledDuration;
import io.plimsoll.companion.CompiledSite;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;

/**
 * A companion that holds nothing but data, as the class file itself.
 *
 * <p>Why not as Java: a generated source costs another round of annotation processing, in which javac enters all sources
 * of the module again, and then it is parsed, attributed and generated like any other. That was most of what Plimsoll
 * cost a build.
 */
final class CompanionClass {

    private static final Type COMPANION = Type.getType(Companion.class);
    private static final Type DURATION = Type.getType(CompiledDuration.class);
    private static final Type LIST = Type.getType(List.class);
    private static final Type OBJECT = Type.getType(Object.class);
    private static final Type OBJECTS = Type.getType(Object[].class);
    private static final Type SITE = Type.getType(CompiledSite.class);
    private static final Type STRING = Type.getType(String.class);

    private CompanionClass() {}

    /** The bytes of the class file, for Java 17. */
    static byte[] bytes(String name, List<Site> sites) {
        ClassWriter type = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        type.visit(
                Opcodes.V17,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                name.replace('.', '/'),
                null,
                OBJECT.getInternalName(),
                new String[] {COMPANION.getInternalName()});

        MethodVisitor constructor = begin(type, "<init>", "()V");
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        construct(constructor, OBJECT);
        end(constructor, Opcodes.RETURN);

        MethodVisitor contract = begin(type, "contract", "()I");
        contract.visitLdcInsn(Companion.CONTRACT);
        end(contract, Opcodes.IRETURN);

        MethodVisitor method = begin(type, "sites", Type.getMethodDescriptor(LIST));
        array(method, sites.size(), index -> site(method, sites.get(index)));
        method.visitMethodInsn(
                Opcodes.INVOKESTATIC, LIST.getInternalName(), "of", Type.getMethodDescriptor(LIST, OBJECTS), true);
        end(method, Opcodes.ARETURN);

        type.visitEnd();
        return type.toByteArray();
    }

    private static MethodVisitor begin(ClassWriter type, String name, String descriptor) {
        MethodVisitor code = type.visitMethod(Opcodes.ACC_PUBLIC, name, descriptor, null, null);
        code.visitCode();
        return code;
    }

    private static void end(MethodVisitor code, int result) {
        code.visitInsn(result);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void site(MethodVisitor code, Site site) {
        code.visitLdcInsn(site.id());
        code.visitLdcInsn(site.seen());
        array(code, site.facts().size(), index -> fact(code, site.facts().get(index)));
        call(code, SITE, "of", SITE, STRING, STRING, OBJECTS);
    }

    private static void fact(MethodVisitor code, Record fact) {
        Type type = Type.getType(fact.getClass());
        code.visitTypeInsn(Opcodes.NEW, type.getInternalName());
        code.visitInsn(Opcodes.DUP);
        Site.components(fact).forEach(value -> value(code, value));
        construct(
                code,
                type,
                Arrays.stream(fact.getClass().getRecordComponents())
                        .map(RecordComponent::getType)
                        .map(Type::getType)
                        .toArray(Type[]::new));
    }

    private static void value(MethodVisitor code, @Nullable Object value) {
        if (value == null) {
            code.visitInsn(Opcodes.ACONST_NULL);
        } else if (value instanceof Enum<?> constant) {
            Type type = Type.getType(constant.getDeclaringClass());
            code.visitFieldInsn(Opcodes.GETSTATIC, type.getInternalName(), constant.name(), type.getDescriptor());
        } else if (value instanceof Boolean flag) {
            code.visitInsn(flag ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
        } else if (value instanceof CompiledDuration duration) {
            duration(code, Durations.Parts.of(duration));
        } else if (value instanceof String || value instanceof Integer || value instanceof Long) {
            code.visitLdcInsn(value);
        } else {
            throw new IllegalArgumentException("a companion cannot hold " + value.getClass());
        }
    }

    private static void duration(MethodVisitor code, Durations.Parts parts) {
        String placeholder = parts.placeholder();
        if (placeholder == null) {
            code.visitLdcInsn(parts.nanos());
            call(code, DURATION, "ofNanos", DURATION, Type.LONG_TYPE);
        } else {
            code.visitLdcInsn(placeholder);
            call(code, DURATION, "ofPlaceholder", DURATION, STRING);
        }
    }

    private static void construct(MethodVisitor code, Type type, Type... arguments) {
        code.visitMethodInsn(
                Opcodes.INVOKESPECIAL,
                type.getInternalName(),
                "<init>",
                Type.getMethodDescriptor(Type.VOID_TYPE, arguments),
                false);
    }

    private static void call(MethodVisitor code, Type owner, String name, Type result, Type... arguments) {
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                owner.getInternalName(),
                name,
                Type.getMethodDescriptor(result, arguments),
                false);
    }

    /** Leaves an {@code Object[]} on the stack. */
    private static void array(MethodVisitor code, int length, Element element) {
        code.visitLdcInsn(length);
        code.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT.getInternalName());
        for (int i = 0; i < length; i++) {
            code.visitInsn(Opcodes.DUP);
            code.visitLdcInsn(i);
            element.push(i);
            code.visitInsn(Opcodes.AASTORE);
        }
    }

    private interface Element {

        void push(int index);
    }
}
