insert into seats (id, block, seat_row, seat, price, sold)
select x, mod(x, 20), mod(x / 20, 25), x / 500, 40 + mod(x, 20), false from system_range(1, 10000);
