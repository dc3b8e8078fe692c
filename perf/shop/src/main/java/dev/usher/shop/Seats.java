package dev.usher.shop;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The seats of one evening in the database: free, held for some minutes, or sold. */
@Repository
class Seats {
  private static final Duration HELD = Duration.ofMinutes(5);

  private final JdbcTemplate sql;

  Seats(JdbcTemplate sql) {
    this.sql = sql;
  }

  /** The state of every seat of a block, row by row. */
  List<Map<String, Object>> block(int block) {
    return sql.queryForList(
        "select id, seat_row, seat, price, case when sold then 'sold' when held_until > ? then"
            + " 'held' else 'free' end as state from seats where block = ? order by seat_row, seat",
        Instant.now(),
        block);
  }

  /** How many seats of each block are free. */
  List<Map<String, Object>> overview() {
    return sql.queryForList(
        "select block, count(*) as seats, min(price) as price_from, sum(case when sold or held_until"
            + " > ? then 0 else 1 end) as free from seats group by block order by block",
        Instant.now());
  }

  /** Holds any free seat of a block; null if there is none. */
  @Transactional
  public Long hold(int block) {
    Instant now = Instant.now();
    List<Long> free =
        sql.queryForList(
            "select id from seats where block = ? and not sold and (held_until is null or"
                + " held_until < ?) order by rand() limit 1 for update",
            Long.class,
            block,
            now);
    if (free.isEmpty()) {
      return null;
    }
    sql.update("update seats set held_until = ? where id = ?", now.plus(HELD), free.get(0));
    return free.get(0);
  }

  /** Sells the seat of an order; once, however often it is asked. */
  @Transactional
  public void sell(String order, long seat) {
    sql.update("merge into sales (id, seat) key (id) values (?, ?)", order, seat);
    sql.update("update seats set sold = true where id = ?", seat);
  }
}
