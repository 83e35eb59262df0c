/**
 * Functions of PostgreSQL that read nothing but their arguments, or the catalogue as psql's own commands do (manual, chapter "Functions and
 * Operators"). Left out are those that run SQL of their own (`query_to_xml`, `ts_stat`, `ts_rewrite`), read files or large objects, or
 * change settings.
 */
const NAMES = `
abs ceil ceiling floor round trunc mod power sqrt exp ln log sign random div width_bucket gcd lcm greatest least
count sum avg min max every bool_and bool_or bit_and bit_or stddev stddev_pop stddev_samp variance var_pop var_samp corr
percentile_cont percentile_disc mode string_agg array_agg json_agg jsonb_agg json_object_agg jsonb_object_agg any_value
row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value grouping
lower upper initcap length char_length character_length octet_length bit_length trim btrim ltrim rtrim lpad rpad
substr substring position strpos left right repeat replace reverse split_part concat concat_ws format overlay translate
ascii chr md5 sha224 sha256 sha384 sha512 encode decode quote_ident quote_literal quote_nullable starts_with to_hex
string_to_array string_to_table regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table
regexp_count regexp_instr regexp_like regexp_substr like_escape similar_to_escape like ilike normalize unistr
now clock_timestamp statement_timestamp transaction_timestamp timeofday age date_part date_trunc date_bin extract
make_date make_time make_timestamp make_timestamptz make_interval justify_days justify_hours justify_interval isfinite
to_char to_date to_number to_timestamp timezone overlaps
coalesce nullif num_nulls num_nonnulls generate_series generate_subscripts unnest
array_append array_cat array_dims array_fill array_length array_lower array_ndims array_position array_positions
array_prepend array_remove array_replace array_to_string array_upper cardinality trim_array array_sort array_reverse
to_json to_jsonb row_to_json array_to_json json_build_array jsonb_build_array json_build_object jsonb_build_object
json_object jsonb_object json_array_elements jsonb_array_elements json_array_elements_text jsonb_array_elements_text
json_array_length jsonb_array_length json_each jsonb_each json_each_text jsonb_each_text json_extract_path
jsonb_extract_path json_extract_path_text jsonb_extract_path_text json_object_keys jsonb_object_keys json_typeof
jsonb_typeof json_strip_nulls jsonb_strip_nulls jsonb_set jsonb_insert jsonb_pretty jsonb_path_exists jsonb_path_match
jsonb_path_query jsonb_path_query_array jsonb_path_query_first
lower_inc upper_inc isempty lower_inf upper_inf int4range int8range numrange tsrange tstzrange daterange
to_tsvector to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery ts_rank ts_rank_cd ts_headline similarity
host hostmask netmask network masklen text family broadcast set_masklen gen_random_uuid uuidv4 uuidv7
version current_database current_schema current_schemas current_user session_user user pg_backend_pid pg_typeof
pg_is_in_recovery pg_postmaster_start_time pg_conf_load_time inet_server_addr inet_server_port txid_current
pg_current_xact_id current_setting pg_get_userbyid pg_table_is_visible pg_type_is_visible pg_function_is_visible
pg_operator_is_visible pg_opclass_is_visible pg_collation_is_visible pg_conversion_is_visible pg_ts_config_is_visible
pg_ts_dict_is_visible pg_ts_parser_is_visible pg_ts_template_is_visible pg_statistics_obj_is_visible format_type
pg_get_expr pg_get_indexdef pg_get_constraintdef pg_get_ruledef pg_get_triggerdef pg_get_viewdef pg_get_functiondef
pg_get_function_result pg_get_function_arguments pg_get_function_identity_arguments pg_get_function_sqlbody
pg_get_partkeydef pg_get_partition_constraintdef pg_get_statisticsobjdef pg_get_statisticsobjdef_columns
pg_get_serial_sequence pg_get_keywords pg_relation_is_publishable pg_get_publication_tables pg_partition_root
pg_partition_ancestors pg_partition_tree obj_description col_description shobj_description
pg_relation_size pg_table_size pg_total_relation_size pg_indexes_size pg_database_size pg_size_pretty pg_tablespace_size
pg_tablespace_location pg_encoding_to_char pg_char_to_encoding pg_options_to_table aclexplode acldefault
has_table_privilege has_column_privilege has_schema_privilege has_database_privilege has_function_privilege
has_any_column_privilege has_sequence_privilege has_language_privilege has_type_privilege has_tablespace_privilege
pg_has_role to_regclass to_regtype to_regproc to_regprocedure to_regnamespace to_regrole oidvectortypes
pg_cancel_backend
`;
export const CHECKED_FUNCTIONS: ReadonlySet<string> = new Set(NAMES.trim().split(/\s+/));

/** Change settings, or run a text as SQL, and so could let a read-only session write (also functions of contrib modules). */
export const LIFTING_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'set_config query_to_xml query_to_xmlschema query_to_xml_and_xmlschema ts_stat ts_rewrite crosstab crosstab2 crosstab3 crosstab4 ' +
    'connectby xpath_table dblink dblink_exec dblink_open dblink_send_query dblink_connect dblink_connect_u'
  ).split(' '),
);

/** Settings that decide how a statement is read: a check of its text holds only while they stay. */
export const READING_SETTINGS: ReadonlySet<string> = new Set([
  'standard_conforming_strings',
  'client_encoding',
  'backslash_quote',
]);

/** Turn a whole row into a value; PostgreSQL also takes them behind a dot (`c.row_to_json`). */
export const ROW_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'row_to_json to_json to_jsonb json_agg jsonb_agg array_agg concat concat_ws format quote_literal quote_nullable ' +
    'record_out record_send hash_record string_agg json_build_array jsonb_build_array json_build_object ' +
    'jsonb_build_object any_value min max first_value last_value lag lead nth_value'
  ).split(' '),
);

/** Relations of the catalogue that hold samples of the data, large objects, or other people's statements. */
export const HIDDEN_CATALOGUE: ReadonlySet<string> = new Set(
  (
    'pg_statistic pg_stats pg_statistic_ext_data pg_stats_ext pg_stats_ext_exprs pg_largeobject pg_stat_activity ' +
    'pg_stat_statements pg_prepared_statements pg_cursors pg_authid pg_shadow pg_user_mapping pg_user_mappings pg_file_settings ' +
    'pg_hba_file_rules pg_subscription'
  ).split(' '),
);

/** Settings that change neither what a name means nor how a statement is read. */
export const HARMLESS_SETTINGS: ReadonlySet<string> = new Set(
  (
    'application_name datestyle intervalstyle timezone client_min_messages statement_timeout lock_timeout ' +
    'idle_in_transaction_session_timeout transaction_timeout extra_float_digits bytea_output work_mem lc_messages ' +
    'lc_monetary lc_numeric lc_time enable_seqscan enable_indexscan enable_bitmapscan enable_hashjoin enable_mergejoin ' +
    'enable_nestloop enable_sort enable_hashagg jit max_parallel_workers_per_gather random_page_cost xmloption'
  ).split(' '),
);
