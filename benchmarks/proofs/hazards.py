"""The fifty hazards, and the tests that prove them; the scenarios name their hazards themselves.

A test is named by its file below ``tests`` and its function; a file alone means all its tests.
``missing`` says what of a row is not proven here, and why.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hazard:
    """A row: what may go wrong, and what proves that it does no harm."""

    number: int
    name: str
    tests: Sequence[str] = ()
    missing: str = ""


_FAULTS = "chat/test_faults.py::"
_BURSTS = "chat/test_bursts.py::"
_DISCORD = "chat/test_discord.py::"
_PARTS = "chat/monitoring/test_parts.py::"
_RUNNING = "chat/monitoring/test_running.py::"
_LIMITS = "chat/test_limits.py::"
_KNOWLEDGE = "test_knowledge_base.py::"
_CACHE = "test_index_cache.py::"

HAZARDS = (
    Hazard(1, "gateway cut", [_FAULTS + "test_a_cut_gateway_is_taken_up_again"]),
    Hazard(
        2,
        "session invalid, restart",
        ["chat/test_catch_up.py", "chat/state/test_last_heard.py", "chat/test_restarts.py"],
    ),
    Hazard(
        3,
        "silent gateway",
        [
            _RUNNING + "test_a_network_that_is_gone_is_noticed_and_the_session_resumed",
            _RUNNING + "test_silence_at_discord_s_own_pace_is_ended_within_55_s",
            _PARTS + "test_silence_is_longer_than_a_heartbeat_s_answer_may_take",
        ],
    ),
    Hazard(
        4,
        "event handled twice",
        [
            _DISCORD + "test_an_event_that_comes_twice_is_answered_once",
            "chat/state/test_seen_events.py",
            "chat/test_vote_buttons.py::test_two_processes_with_one_token_count_a_press_once",
        ],
    ),
    Hazard(
        5,
        "5xx, reset, disconnect on send",
        [
            _FAULTS + "test_a_reply_that_fails_is_sent_again_and_stands_once",
            _FAULTS + "test_an_interaction_that_fails_is_answered_once",
            _FAULTS + "test_none_of_two_hundred_is_lost_or_doubled",
            _FAULTS + "test_a_reply_under_way_survives_a_restart_of_the_client",
            _FAULTS + "test_a_reply_that_takes_long_survives_a_restart_of_the_client",
            _LIMITS + "test_what_could_not_be_delivered_is_answered_in_the_same_session",
        ],
    ),
    Hazard(
        6,
        "lost reply, sent again",
        ["chat/test_deeper.py::test_a_press_whose_answer_is_lost_is_answered_once"],
    ),
    Hazard(
        7,
        "rate limits, pages for JSON",
        [
            _FAULTS + "test_a_rate_limit_is_waited_for",
            _FAULTS + "test_a_rate_limit_of_a_proxy_is_waited_for",
            _LIMITS + "test_a_channel_that_discord_shuts_for_long_has_one_apology",
            _LIMITS + "test_ten_minutes_that_discord_wants_are_not_broken_into",
            "chat/test_request_gate.py",
            "chat/state/test_channel_turns.py",
            "chat/test_delivery.py::test_who_is_ready_first_is_sent_first",
        ],
    ),
    Hazard(
        8,
        "interaction too old",
        [
            _FAULTS + "test_a_request_that_is_never_answered_is_sent_again",
            _BURSTS + "test_who_waits_is_acknowledged_and_answered_once",
            _BURSTS + "test_who_waits_for_others_is_acknowledged_before_who_is_next",
            _BURSTS + "test_an_offer_that_comes_too_late_is_no_fault",
        ],
    ),
    Hazard(
        9,
        "event that can't be read",
        [
            "chat/test_bad_events.py",
            _FAULTS + "test_a_session_whose_beginning_cannot_be_read_is_begun_anew",
            _FAULTS + "test_identifications_are_spared_when_few_are_left",
            _PARTS + "test_forty_sessions_an_hour_and_five_hundred_a_day",
            _RUNNING + "test_no_session_is_begun_where_too_many_were",
        ],
    ),
    Hazard(
        10,
        "no network at start",
        [
            _FAULTS + "test_a_start_without_a_network_is_tried_again",
            _FAULTS + "test_a_wrong_token_ends_it_with_the_cure",
            _FAULTS + "test_a_refused_intent_ends_it_with_the_cure",
        ],
    ),
    Hazard(
        11,
        "long pauses between tries",
        [_FAULTS + "test_the_first_pauses_are_short_and_the_later_ones_grow_to_a_minute"],
    ),
    Hazard(
        12,
        "SIGTERM, SIGINT",
        [
            _FAULTS + "test_what_is_under_way_is_finished_before_the_end",
            _FAULTS + "test_sigint_ends_it_like_sigterm",
            _RUNNING + "test_a_second_signal_ends_it_no_worse",
            _BURSTS + "test_at_the_end_those_who_wait_are_told",
            _BURSTS + "test_what_is_used_at_the_end_is_told_or_done",
            _BURSTS + "test_a_question_that_waits_for_discord_is_told_at_the_end",
            "chat/test_endings.py",
            "chat/test_in_flight.py",
        ],
    ),
    Hazard(
        13,
        "blocked event loop",
        [
            "chat/test_card_threads.py",
            "chat/test_card_times.py",
            "test_embedding_worker.py::test_the_event_loop_goes_on",
            _PARTS + "test_what_holds_the_event_loop_up_is_measured",
        ],
    ),
    Hazard(
        14,
        "a thousand at once",
        [
            _BURSTS + "test_a_thousand_at_once_are_each_answered_once",
            _DISCORD + "test_three_hundred_questions_at_once_are_each_answered",
            "chat/test_work_queue.py",
        ],
    ),
    Hazard(
        15,
        "long question",
        [
            "search/test_query_parser.py::test_a_question_of_a_million_characters_is_no_work",
            "search/test_query_parser.py::test_only_the_rarest_terms_weigh",
            "answers/test_answerer.py::test_a_question_of_a_megabyte_costs_no_more_than_one_of_4_000_characters",
            "answers/test_answerer.py::test_a_question_of_any_length_is_taken",
        ],
    ),
    Hazard(
        16,
        "flood",
        [
            "chat/test_floods.py",
            "chat/state/test_rate_limits.py",
            "chat/state/test_told_waits.py",
            _LIMITS + "test_a_channel_has_a_limit_of_its_own_and_says_so_once",
            _LIMITS + "test_thirty_in_twenty_seconds_in_one_channel",
            _LIMITS + "test_who_types_very_much_is_offered_nothing_for_a_while",
            _DISCORD + "test_a_flood_is_refused_once_and_then_met_with_silence",
            _BURSTS + "test_what_is_too_much_is_told_at_once",
            "chat/test_deeper.py::test_a_flood_of_presses_is_refused_and_others_are_served",
        ],
    ),
    Hazard(
        17,
        "patterns that backtrack",
        [
            "articles/test_endless.py",
            "chat/test_card_times.py",
            "chat/ui/test_escape.py::test_a_long_run_of_anything_takes_linear_time",
            "articles/test_front_matter.py::test_a_hostile_header_takes_no_longer_than_it_is",
            "records/test_wording.py::test_no_text_keeps_it_busy",
        ],
    ),
    Hazard(
        18,
        "other bots, webhooks, itself",
        [_DISCORD + "test_what_is_not_meant_for_the_bot_is_left_alone"],
    ),
    Hazard(
        19,
        "mentions in what is said",
        [
            _DISCORD + "test_nothing_of_an_article_or_a_question_is_live",
            "chat/test_deeper.py::test_nothing_of_a_card_is_live_but_what_is_ours",
            "chat/test_every_card.py",
        ],
    ),
    Hazard(20, "masked links", ["chat/ui/test_links.py", "chat/test_linked_cards.py"]),
    Hazard(
        21,
        "characters that nobody sees",
        [
            "chat/ui/test_escape.py::test_every_character_alone_is_inert",
            "chat/ui/test_escape.py::test_ten_thousand_hostile_texts_are_inert",
            "test_visible.py",
        ],
    ),
    Hazard(
        22,
        "escaping destroys the quotation",
        ["chat/ui/test_escape.py::test_any_text_is_inert_and_comes_back"],
    ),
    Hazard(
        23,
        "limits of length",
        [
            "chat/test_cards.py",
            "chat/test_quotation_cards.py",
            "chat/test_every_card.py::test_cards_of_answers",
            "chat/test_every_card.py::test_cards_of_what_is_really_said",
        ],
    ),
    Hazard(
        24,
        "what is private is shown to all",
        [
            _DISCORD + "test_a_private_question_is_answered_privately",
            _DISCORD + "test_help_and_privacy_are_told_privately",
            _BURSTS + "test_what_is_private_never_stands_for_all",
            "chat/test_asking.py::test_what_was_asked_in_private_is_not_told_in_public",
            "chat/test_deeper.py::test_a_press_is_not_shown_to_others",
        ],
    ),
    Hazard(25, "errors shown to people", ["chat/test_failures.py"]),
    Hazard(
        26,
        "malformed files",
        ["articles/test_bad_files.py", "articles/test_any_text.py", "articles/test_incidents.py"],
    ),
    Hazard(27, "bombs in YAML", ["test_strict_yaml.py", "articles/test_front_matter.py"]),
    Hazard(
        28,
        "huge, endless, special files",
        [
            "articles/test_bad_files.py::test_a_pipe_a_socket_and_a_folder_are_no_articles",
            "articles/test_bad_files.py::test_a_sparse_file_is_not_read_whole",
            "articles/test_bad_files.py::test_a_file_that_says_it_is_empty_and_is_not_is_a_problem",
            "articles/test_bad_files.py::test_too_many_files_are_cut_off",
            "articles/test_bad_files.py::test_too_deep_a_folder_is_left_out",
            "articles/test_bad_files.py::test_too_large_a_folder_is_cut_off",
        ],
    ),
    Hazard(
        29,
        "links out of the folder",
        [
            "articles/test_swapped_folders.py",
            "articles/test_bad_files.py::test_links_are_not_followed",
            "articles/test_bad_files.py::test_linked_folders_are_passed_over",
        ],
    ),
    Hazard(
        30,
        "encodings, line ends",
        [
            "articles/test_encodings.py",
            "articles/test_plausibility.py",
            "articles/test_parser.py::test_line_ends_and_a_byte_order_mark_change_nothing",
        ],
    ),
    Hazard(
        31,
        "half-saved files",
        [
            "articles/test_bad_files.py::test_what_editors_leave_behind_is_passed_over",
            "articles/test_bad_files.py::test_a_file_that_vanished_is_a_problem",
            "articles/test_library_again.py",
        ],
    ),
    Hazard(
        32,
        "a reload breaks what served",
        [
            _KNOWLEDGE + "test_if_nothing_can_be_served_the_old_library_stays",
            _KNOWLEDGE + "test_an_answer_comes_from_one_library_while_reloads_go_on",
            _DISCORD + "test_a_spoilt_folder_takes_nothing_away",
            "test_reload.py::test_no_answer_is_a_mixture_of_old_and_new",
            "test_last_good.py",
            "chat/test_spoilt_articles.py",
        ],
    ),
    Hazard(
        33,
        "the disk fails",
        [
            "test_failing_disk.py",
            "test_array_file.py::test_a_file_that_could_not_be_written_to_its_end_leaves_the_old_one",
            "test_array_file.py::test_a_full_disk_is_told_as_such",
            _CACHE + "test_where_nothing_can_be_saved_all_is_served_and_said",
        ],
    ),
    Hazard(
        34,
        "killed while writing",
        [
            "records/test_kill.py",
            "test_failing_disk.py::test_a_kill_at_any_step_leaves_what_served",
            "versions/test_file_store.py",
            "test_array_file.py::test_a_crash_before_the_end_leaves_the_old_one",
        ],
    ),
    Hazard(
        35,
        "the saved index is damaged",
        [
            _CACHE + "test_ten_thousand_damages_do_no_harm",
            _CACHE + "test_a_flipped_byte_is_noticed_and_all_is_made_anew",
            _CACHE + "test_files_that_are_cut_off_while_they_are_used_do_not_matter",
            _CACHE + "test_an_index_of_other_sentences_is_refused",
        ],
    ),
    Hazard(
        36,
        "no, one or two passages",
        [
            "search/test_bm25.py::test_a_word_counts_in_the_smallest_collections",
            "search/test_bm25.py::test_an_empty_collection_can_be_asked",
            "search/test_bm25.py::test_scores_are_finite_and_never_negative",
            "search/test_bm25.py::test_a_text_that_matches_stands_before_one_that_does_not",
            "search/test_bm25.py::test_an_unrelated_text_takes_nothing_away",
            "answers/test_answerer.py::test_one_sentence_is_enough",
        ],
    ),
    Hazard(
        37,
        "nothing answers",
        [
            "answers/test_answerer.py::test_a_question_from_elsewhere_is_not_answered",
            "answers/test_everyday_questions.py",
            "answers/test_golden.py",
            "chat/test_not_there.py",
        ],
    ),
    Hazard(
        38,
        "poisoned article",
        [
            "articles/test_bad_files.py::test_an_odd_file_is_served_with_a_warning",
            _DISCORD + "test_an_admin_reloads_and_reads_what_changed",
            "chat/test_spoilt_articles.py::test_what_changed_is_named_and_what_cant_be_kept_is_said",
        ],
    ),
    Hazard(
        39,
        "commands for admins",
        [
            "chat/test_admin.py",
            "chat/test_forged.py",
            _DISCORD + "test_who_may_not_curate_is_refused",
            _DISCORD + "test_managers_may_curate_at_home_only",
        ],
    ),
    Hazard(
        40,
        "reloads at once",
        [
            _KNOWLEDGE + "test_a_second_reload_is_told_that_one_is_running",
            "test_last_good.py::test_a_reload_right_after_another_needs_a_change",
        ],
    ),
    Hazard(
        41,
        "tokens in logs",
        [
            "test_logs.py",
            _FAULTS + "test_neither_the_token_nor_a_question_is_logged",
            "test_settings.py::test_a_secret_hides_itself",
            _RUNNING + "test_the_log_at_debug_says_why_and_not_what",
            "test_no_secrets.py",
        ],
    ),
    Hazard(
        42,
        "what is kept of people",
        [
            "chat/test_unanswered.py::test_who_asked_is_on_no_disk",
            "records/test_votes.py::test_the_question_of_a_vote_is_not_on_the_disk",
            "records/test_retention.py",
            "records/test_damaged_records.py",
        ],
    ),
    Hazard(43, "forged or endless log lines", ["test_logs.py"]),
    Hazard(44, "intents", [_FAULTS + "test_no_privileged_intent_is_asked_for"]),
    Hazard(
        45,
        "a dependency is swapped",
        [
            "test_requirements.py",
            "test_house.py::test_what_is_installed_is_pinned_with_hashes_and_names_no_address",
            "test_supply.py",
            "test_pin_base.py",
        ],
    ),
    Hazard(
        46,
        "known holes",
        ["test_known_holes.py"],
        "pip-audit asks a service of the internet: that it is run once a week is proven, not what"
        " it finds",
    ),
    Hazard(
        47,
        "container",
        [
            "test_image.py",
            "chat/test_another_user.py",
            "chat/test_confined.py",
            "test_service_unit.py",
        ],
        "no engine runs here: the image is linted, its layout is run as another user, and the"
        " program with a file system that can only be read and without capabilities",
    ),
    Hazard(
        48,
        "slow leak",
        [
            "test_memory.py",
            "test_reload.py::test_what_is_no_longer_served_is_let_go_without_the_garbage_collector",
            "articles/test_swapped_folders.py::test_no_descriptor_is_left_open",
            "chat/test_deeper.py::test_nothing_that_is_sent_stays_in_memory_to_listen",
        ],
    ),
    Hazard(
        49,
        "clock jumps",
        [
            "records/test_trusted_clock.py",
            "chat/state/test_discord_time.py",
            "chat/test_silent_cases.py::test_a_clock_that_is_an_hour_ahead_changes_nothing",
        ],
    ),
    Hazard(
        50,
        "code that tests do not see",
        [
            "test_mutate.py",
            "chat/ui/test_escape_rules.py",
            "articles/test_front_matter_rules.py",
            "chat/state/test_rate_limits.py",
            "chat/state/test_told_waits.py",
            "chat/state/test_discord_time.py",
            "chat/test_retry.py",
            "chat/test_request_gate.py",
            "chat/test_delivery.py",
        ],
        "how many mutants these tests notice stands in docs/decisions/mutation.md; the pure rooms"
        " have a coverage floor of 100 %, other modules one of 91 % alone",
    ),
)
