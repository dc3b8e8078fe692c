create table seats (
  id bigint primary key,
  block int not null,
  seat_row int not null,
  seat int not null,
  price int not null,
  held_until timestamp with time zone,
  sold boolean not null
);
create index seats_by_block on seats (block);
create table sales (id varchar(60) primary key, seat bigint not null);
