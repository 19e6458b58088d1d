package io.gaesup.state.journal;

import io.gaesup.state.core.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Where one database differs from another. Everything else in this package is plain SQL over JDBC. */
interface Dialect {

    /** Column type of a row number that the database gives out in rising order. */
    String rising();

    /** Column type of bytes. */
    String bytes();

    /** The code for what the database reported. */
    ErrorCode code(SQLException e);

    /** Undoes what the connection has not committed; succeeds too where the database has done so by itself. */
    void rollback(Connection connection) throws SQLException;

    /** What the database wants done between transactions, for a connection that begins them by itself. */
    Housekeeping housekeeping(Connection connection) throws SQLException;

    /** Work between transactions, when every finished write has been told and the next ones may gather. */
    interface Housekeeping extends AutoCloseable {
        void run() throws SQLException;

        @Override
        void close() throws SQLException;
    }

    /** Version of the tables this code reads and writes. */
    int SCHEMA = 1;

    /** What makes the tables in an empty database. The grammar is in the package documentation. */
    default List<String> schema() {
        return List.of(
                "create table meta(name text not null primary key, value bigint not null)",
                "create table stores(id bigint not null primary key, name text not null unique, incarnation bigint not null,"
                        + " created bigint not null, checksum bigint not null)",
                "create table clients(id bigint not null primary key, store bigint not null, name text not null,"
                        + " sequence bigint not null, seen bigint not null, checksum bigint not null, unique(store, name))",
                "create table batches(position " + rising() + " primary key, store bigint not null,"
                        + " revision bigint not null, client bigint, sequence bigint, at bigint not null, payload "
                        + bytes() + " not null, checksum bigint not null)",
                "create unique index batches_by_store on batches(store, revision, client, sequence)",
                "create table rejections(position " + rising() + " primary key, store bigint not null,"
                        + " revision bigint not null, client bigint not null, sequence bigint not null, at bigint not null,"
                        + " code text not null, message text not null, checksum bigint not null)",
                "create unique index rejections_by_client on rejections(store, client, sequence)",
                "create table checkpoints(store bigint not null primary key, revision bigint not null, at bigint not null,"
                        + " payload " + bytes() + " not null, checksum bigint not null)",
                "insert into meta(name, value) values ('schema', " + SCHEMA + "), ('epoch', 0)");
    }
}
