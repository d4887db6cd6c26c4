<?php
// As sites do that let programs write the fields of their SEO plugins.
add_action('init', function () {
    foreach (['_yoast_wpseo_metadesc', '_yoast_wpseo_canonical', 'rank_math_description', 'rank_math_canonical_url'] as $name)
        register_post_meta('post', $name, [
            'show_in_rest' => true,
            'single' => true,
            'type' => 'string',
            'auth_callback' => fn() => current_user_can('edit_posts'),
        ]);
});
