package dev.usher.store;

/** What a {@link QueueStore} is asked for, one for each of its methods but closing. */
public enum StoreOperation {
  ARRIVE,
  SEE,
  LINE,
  COPY,
  RESTORE,
  ENLIST,
  CALL,
  CLAIM,
  STAY,
  LEAVE,
  PAUSE,
  RESET,
  LEAD,
  SHARE,
  GRANT,
  GIVE_UP,
  WORK,
  PROVEN,
  NOTE,
  LIVE,
  SET,
  RECORD,
  RECORDED,
  MOVE,
  MOVES
}
