package dev.writ.demo;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The company's accounts payable: invoices, purchase orders and payments in PostgreSQL. */
final class Payables {
  /** Most rows of one answer. */
  static final int MOST_ROWS = 500;

  private static final String CREATE =
      """
      create schema if not exists payables;
      create table if not exists payables.purchase_order (
        purchase_order text primary key,
        supplier text not null,
        amount numeric(12, 2) not null,
        ordered_on date not null);
      create table if not exists payables.invoice (
        invoice text primary key,
        supplier text not null,
        purchase_order text references payables.purchase_order,
        amount numeric(12, 2),
        due_on date not null,
        status text not null default 'open');
      create table if not exists payables.payment (
        payment bigint generated always as identity primary key,
        invoice text not null references payables.invoice,
        amount numeric(12, 2) not null constraint payment_is_positive check (amount > 0));
      """;

  private static final String FILL =
      """
      insert into payables.purchase_order values
        ('po-5001', 'sup-118', 1200.00, '2026-01-12'),
        ('po-5002', 'sup-118', 89.90, '2026-01-20'),
        ('po-5003', 'sup-204', 4410.50, '2026-01-23'),
        ('po-5004', 'sup-301', 760.00, '2026-02-02');
      insert into payables.invoice values
        ('inv-7001', 'sup-118', 'po-5001', 1200.00, '2026-03-01'),
        ('inv-7002', 'sup-118', 'po-5002', 98.90, '2026-03-04'),
        ('inv-7003', 'sup-204', 'po-5003', 4410.50, '2026-03-05'),
        ('inv-7004', 'sup-204', null, 150.00, '2026-03-09'),
        ('inv-7005', 'sup-301', 'po-5004', 760.00, '2026-03-11'),
        ('inv-7099', 'sup-118', null, null, '2026-03-30');
      """;

  private static final String COUNT = "select count(*) from payables.invoice";

  private static final String INVOICES =
      """
      select invoice, supplier, purchase_order, amount, due_on
      from payables.invoice
      where supplier = ? or ? = ''
      order by invoice
      limit ?
      """;

  private static final String INVOICE =
      """
      select invoice, supplier, purchase_order, amount, due_on
      from payables.invoice
      where invoice = ?
      """;

  private static final String ORDERS =
      """
      select purchase_order, supplier, amount, ordered_on
      from payables.purchase_order
      where supplier = ?
      order by purchase_order
      limit ?
      """;

  private static final String UPDATE =
      """
      update payables.invoice set status = ?
      where supplier = ? and invoice = ?
      returning invoice, supplier, status
      """;

  private static final String PAY =
      """
      insert into payables.payment (invoice, amount)
      values (?, cast(? as numeric))
      returning payment, invoice, amount
      """;

  private final String url;
  private final Properties credentials = new Properties();

  /**
   * The database behind this URL.
   *
   * @param credentials a file of Java properties with {@code user} and {@code password}
   */
  Payables(String url, Path credentials) throws IOException {
    this.url = url;
    try (Reader in = Files.newBufferedReader(credentials)) {
      this.credentials.load(in);
    }
  }

  /** Creates the tables and, when they are empty, fills them with the company's example. */
  void prepare() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(CREATE);
      try (ResultSet count = statement.executeQuery(COUNT)) {
        count.next();
        if (count.getLong(1) == 0) {
          statement.execute(FILL);
        }
      }
      connection.commit();
    }
  }

  /** The supplier's invoices, or with an empty supplier everybody's. */
  List<Map<String, Object>> invoices(String supplier) throws SQLException {
    return rows(INVOICES, supplier, supplier, MOST_ROWS);
  }

  /** One invoice; fails on one whose amount was lost. */
  Optional<Map<String, Object>> invoice(String invoice) throws SQLException {
    Optional<Map<String, Object>> found = rows(INVOICE, invoice).stream().findFirst();
    if (found.isPresent() && !found.get().containsKey("amount")) {
      throw new IllegalStateException("the document of invoice " + invoice + " is unreadable");
    }
    return found;
  }

  List<Map<String, Object>> orders(String supplier) throws SQLException {
    return rows(ORDERS, supplier, MOST_ROWS);
  }

  /** Changes an invoice's status; the invoice when there is such a one. */
  List<Map<String, Object>> update(String supplier, String invoice, String status)
      throws SQLException {
    return rows(UPDATE, status, supplier, invoice);
  }

  Map<String, Object> pay(String invoice, String amount) throws SQLException {
    return rows(PAY, invoice, amount).getFirst();
  }

  private List<Map<String, Object>> rows(String sql, Object... parameters) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<Map<String, Object>> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          Map<String, Object> row = new LinkedHashMap<>();
          for (int i = 1; i <= columns; i++) {
            String value = result.getString(i);
            if (value != null) {
              // Amounts and dates stay text: JSON has no decimals one could trust.
              row.put(result.getMetaData().getColumnLabel(i), value);
            }
          }
          rows.add(row);
        }
      }
      return rows;
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url, credentials);
  }
}
