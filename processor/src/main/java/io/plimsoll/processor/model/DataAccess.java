package io.plimsoll.processor.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** Knows the types whose calls go to a database. By name: none of these libraries need be there. */
public final class DataAccess {

    private static final String SPRING_DATA = "org.springframework.data.repository.Repository";

    /** On a type that is a repository by word. */
    private static final Set<String> MARKS = Set.of(
            "org.springframework.data.repository.RepositoryDefinition",
            "org.springframework.stereotype.Repository",
            "org.apache.ibatis.annotations.Mapper");

    private static final Set<String> DOORS = Set.of(
            SPRING_DATA,
            "com.baomidou.mybatisplus.core.mapper.BaseMapper",
            "jakarta.persistence.EntityManager",
            "javax.persistence.EntityManager",
            "org.springframework.jdbc.core.JdbcOperations",
            "org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations",
            "org.springframework.jdbc.core.simple.JdbcClient");

    private final Compilation compilation;
    private final Map<TypeElement, Boolean> known = new HashMap<>();

    public DataAccess(Compilation compilation) {
        this.compilation = compilation;
    }

    /** Whether a field or parameter of this type is a way to the database. */
    public boolean isDataAccess(TypeMirror type) {
        return type instanceof DeclaredType declared
                && declared.asElement() instanceof TypeElement element
                && isDataAccess(element);
    }

    /** Whether a type is a repository, an EntityManager or one of Spring's ways to JDBC. */
    public boolean isDataAccess(TypeElement type) {
        Boolean answer = known.get(type);
        if (answer == null) {
            answer = compilation.hierarchy().of(type).stream()
                    .anyMatch(each -> DOORS.contains(each.getQualifiedName().toString())
                            || compilation.annotations().find(each, MARKS) != null);
            known.put(type, answer);
        }
        return answer;
    }

    /** Whether a type is a Spring Data repository. */
    public boolean isSpringData(TypeElement type) {
        return compilation.hierarchy().of(type).stream()
                .anyMatch(each -> each.getQualifiedName().contentEquals(SPRING_DATA)
                        || compilation
                                        .annotations()
                                        .find(each, "org.springframework.data.repository.RepositoryDefinition")
                                != null);
    }
}
