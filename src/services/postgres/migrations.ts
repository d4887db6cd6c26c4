/** The tables and functions of the schema `blogger`, by version. Append only; never edit a released version. */

export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/**
 * Limits, pauses and the list of workers are in unlogged tables: they are useless after a crash of the server, and this saves WAL writes.
 * Money is in logged tables. `now_ms` is the server's clock. Each host and each run is one advisory lock, held to the end of the statement.
 */
const SHARED = `
CREATE FUNCTION blogger.now_ms() RETURNS double precision LANGUAGE sql VOLATILE AS
$$ SELECT extract(epoch FROM clock_timestamp())::double precision * 1000 $$;

CREATE UNLOGGED TABLE blogger.bucket (key text PRIMARY KEY, level double precision NOT NULL, at double precision NOT NULL);
CREATE UNLOGGED TABLE blogger.pause (key text PRIMARY KEY, until double precision NOT NULL);
CREATE UNLOGGED TABLE blogger.place (host text, id text, until double precision NOT NULL, PRIMARY KEY (host, id));
CREATE UNLOGGED TABLE blogger.worker (id text PRIMARY KEY, prefix text NOT NULL, state text NOT NULL, until double precision NOT NULL);
CREATE TABLE blogger.budget (run text PRIMARY KEY, spent double precision NOT NULL, until double precision NOT NULL);
CREATE TABLE blogger.reserved (run text, call text, usd double precision NOT NULL, until double precision NOT NULL, PRIMARY KEY (run, call));
CREATE TABLE blogger.cancelled (queue text, job text, until double precision NOT NULL, PRIMARY KEY (queue, job));

CREATE FUNCTION blogger.lock(p_what text, p_key text) RETURNS void LANGUAGE sql AS
$$ SELECT pg_advisory_xact_lock(hashtextextended('blogger:' || p_what || ':' || p_key, 0)) $$;

CREATE FUNCTION blogger.level(p_key text, p_most double precision) RETURNS double precision LANGUAGE plpgsql AS $$
DECLARE
  v_level double precision;
  v_at double precision;
BEGIN
  INSERT INTO blogger.bucket VALUES (p_key, p_most, blogger.now_ms()) ON CONFLICT DO NOTHING;
  SELECT level, at INTO v_level, v_at FROM blogger.bucket WHERE key = p_key FOR UPDATE;
  v_level := least(p_most, v_level + greatest(0, blogger.now_ms() - v_at) * p_most / 60000);
  UPDATE blogger.bucket SET level = v_level, at = blogger.now_ms() WHERE key = p_key;
  RETURN v_level;
END $$;

CREATE FUNCTION blogger.take(p_key text, p_most double precision, p_amount double precision) RETURNS double precision LANGUAGE plpgsql AS $$
DECLARE
  v_level double precision := blogger.level(p_key, p_most);
  v_amount double precision := least(p_amount, p_most);
BEGIN
  IF v_level < v_amount THEN RETURN ceil((v_amount - v_level) / (p_most / 60000)); END IF;
  UPDATE blogger.bucket SET level = v_level - v_amount WHERE key = p_key;
  RETURN 0;
END $$;

CREATE FUNCTION blogger.lower(p_key text, p_most double precision, p_remaining double precision) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_level double precision := blogger.level(p_key, p_most);
BEGIN
  UPDATE blogger.bucket SET level = least(v_level, p_remaining) WHERE key = p_key;
END $$;

CREATE FUNCTION blogger.hold(p_key text, p_ms double precision) RETURNS void LANGUAGE sql AS $$
  INSERT INTO blogger.pause VALUES (p_key, blogger.now_ms() + p_ms) ON CONFLICT (key) DO UPDATE SET until = excluded.until
$$;

CREATE FUNCTION blogger.held_ms(p_key text) RETURNS double precision LANGUAGE sql AS $$
  SELECT coalesce(max(until), 0) - blogger.now_ms() FROM blogger.pause WHERE key = p_key
$$;

CREATE FUNCTION blogger.enter(p_host text, p_id text, p_places integer, p_lease double precision) RETURNS double precision LANGUAGE plpgsql AS $$
DECLARE
  v_wait double precision;
BEGIN
  PERFORM blogger.lock('host', p_host);
  v_wait := greatest(blogger.held_ms('rest:' || p_host), blogger.held_ms('hold:' || p_host));
  IF v_wait > 0 THEN RETURN ceil(v_wait); END IF;
  DELETE FROM blogger.place WHERE host = p_host AND until <= blogger.now_ms();
  IF (SELECT count(*) FROM blogger.place WHERE host = p_host AND id <> p_id) >= p_places THEN RETURN -1; END IF;
  INSERT INTO blogger.place VALUES (p_host, p_id, blogger.now_ms() + p_lease) ON CONFLICT (host, id) DO UPDATE SET until = excluded.until;
  RETURN 0;
END $$;

CREATE FUNCTION blogger.leave(p_host text, p_id text, p_rest double precision) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM blogger.place WHERE host = p_host AND id = p_id;
  IF p_rest > 0 THEN PERFORM blogger.hold('rest:' || p_host, p_rest); END IF;
END $$;

CREATE FUNCTION blogger.reserve(p_run text, p_call text, p_usd double precision, p_cap double precision, p_lease double precision, p_keep double precision)
RETURNS TABLE (answer text, taken double precision) LANGUAGE plpgsql AS $$
DECLARE
  v_now double precision := blogger.now_ms();
  v_open double precision;
  v_may_come_back boolean;
BEGIN
  PERFORM blogger.lock('run', p_run);
  -- A call that is reserved again after a crash may have been paid for: its first reservation counts as spent.
  WITH lost AS (DELETE FROM blogger.reserved WHERE run = p_run AND call = p_call RETURNING usd)
  INSERT INTO blogger.budget SELECT p_run, coalesce(sum(usd), 0), v_now + p_keep FROM lost
  ON CONFLICT (run) DO UPDATE SET spent = blogger.budget.spent + excluded.spent, until = excluded.until;
  SELECT coalesce(sum(usd), 0), coalesce(bool_or(until > v_now), false) INTO v_open, v_may_come_back
    FROM blogger.reserved WHERE run = p_run AND call <> p_call;
  SELECT v_open + spent INTO taken FROM blogger.budget WHERE run = p_run;
  IF taken + p_usd > p_cap + 1e-9 THEN
    answer := CASE WHEN v_may_come_back THEN 'wait' ELSE 'no' END;
  ELSE
    INSERT INTO blogger.reserved VALUES (p_run, p_call, p_usd, v_now + p_lease);
    answer := 'yes';
  END IF;
  RETURN NEXT;
END $$;

CREATE FUNCTION blogger.settle(p_run text, p_call text, p_usd double precision, p_keep double precision) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_reserved double precision;
BEGIN
  PERFORM blogger.lock('run', p_run);
  DELETE FROM blogger.reserved WHERE run = p_run AND call = p_call RETURNING usd INTO v_reserved;
  INSERT INTO blogger.budget VALUES (p_run, coalesce(p_usd, v_reserved, 0), blogger.now_ms() + p_keep)
  ON CONFLICT (run) DO UPDATE SET spent = blogger.budget.spent + excluded.spent, until = excluded.until;
END $$;

CREATE FUNCTION blogger.prune() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_now double precision := blogger.now_ms();
BEGIN
  DELETE FROM blogger.bucket WHERE at < v_now - 120000;
  DELETE FROM blogger.pause WHERE until < v_now;
  DELETE FROM blogger.place WHERE until < v_now;
  DELETE FROM blogger.worker WHERE until < v_now;
  DELETE FROM blogger.cancelled WHERE until < v_now;
  DELETE FROM blogger.reserved USING blogger.budget WHERE reserved.run = budget.run AND budget.until < v_now;
  DELETE FROM blogger.budget WHERE until < v_now;
END $$;
`;

export const MIGRATIONS: readonly Migration[] = [{ version: 1, sql: SHARED }];
export const LATEST = Math.max(...MIGRATIONS.map(({ version }) => version));
