import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.HttpConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.harness.Neo4jBuilders;
import org.neo4j.io.ByteUnit;

/** Starts Neo4j in a folder with a password, on free ports; prints its addresses, and stops when its input ends. */
public class Start {
    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var password = arguments[1];
        var bolt = free();
        var server = Neo4jBuilders.newInProcessBuilder(folder)
                .withConfig(GraphDatabaseSettings.auth_enabled, true)
                // The harness gives 8 MiB, with which bulk loads would measure the disk.
                .withConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.mebiBytes(256))
                .withConfig(BoltConnector.enabled, true)
                .withConfig(BoltConnector.listen_address, bolt)
                // Clients of neo4j:// and Neo4j Browser go where the server says it is, by default port 7687.
                .withConfig(BoltConnector.advertised_address, bolt)
                .withConfig(HttpConnector.enabled, true)
                .withConfig(HttpConnector.listen_address, free())
                .build();
        server.databaseManagementService().database("system").executeTransactionally(
                "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED", Map.of("password", password));
        System.out.println("http " + server.httpURI());
        System.out.println("bolt " + server.boltURI());
        // The parent holds the other end: when it ends, however it ends, so does the server.
        while (System.in.read() != -1) { }
        server.close();
    }

    private static SocketAddress free() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return new SocketAddress("127.0.0.1", socket.getLocalPort());
        }
    }
}
